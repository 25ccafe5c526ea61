import { type Document, Window } from 'happy-dom'
import { describe, expect, test } from 'vitest'
import type { PortalData } from '../model.ts'
import { renderPage } from './index.ts'
import { sampleData } from './sample-data.ts'
import type { PageContext, PageReply } from './types.ts'

const IN_SLIDER = 'IFRAME=Y&IFRAME_TYPE=SIDE_SLIDER'
const HOSTILE = `</title></script><script>alert("1")</script>'[b]{`

describe('addresses', () => {
  test.each([
    ['/', '/crm/lead/list/'],
    ['/crm/lead/', '/crm/lead/list/'],
    ['/crm/company/', '/crm/company/list/'],
  ])('%s leads to %s', (path, location) => {
    expect(get(path)).toMatchObject({ status: 302, headers: { location } })
  })

  test.each([
    '/rest/1/code/profile',
    '/crm/deal/list/',
    '/crm/lead/details/abc/',
    '/bitrix/js/main/none.js',
  ])('%s is no page of ours', (path) => {
    expect(get(path)).toBeNull()
  })

  test('a card that does not exist is said to be missing, never an empty card', () => {
    const reply = get(`/crm/lead/details/99/?${IN_SLIDER}`)
    expect(reply?.status).toBe(404)
    expect(reply?.body).not.toContain('_details_container')
  })

  test('the path of a card is matched without case', () => {
    expect(get('/CRM/Lead/Details/1/')?.status).toBe(200)
  })

  test('the strict policy is sent only when it is asked for', () => {
    const policy = (strictCsp: boolean) =>
      get('/crm/lead/list/', { strictCsp })?.headers['content-security-policy']
    expect(policy(true)).toContain("script-src 'self' 'unsafe-inline'")
    expect(policy(false)).toBeUndefined()
  })

  test.each(['core', 'sidepanel', 'slider', 'card', 'messenger'])(
    'the script %s is served without its types',
    (name) => {
      const reply = get(`/bitrix/js/main/${name}.js`)
      expect(reply?.headers['content-type']).toContain('text/javascript')
      expect(reply?.body).not.toMatch(/import type|interface |: string/)
    },
  )
})

describe('the shell', () => {
  test('has the slider container first in body, then the root with header, menu, page and right bar', () => {
    const { body } = parse('/crm/lead/list/')
    expect(body.firstElementChild?.id).toBe('a11y-slider-container')
    for (const selector of [
      'div.root.js-app',
      'header#app-header > div#header.air-header',
      '.app__left-menu.js-app__left-menu',
      'div#page-area.app__page > div.page > .page__workarea > main#air-workarea-content',
      '#right-bar.app__right-bar',
      '#avatar-area.app__avatar',
    ]) {
      expect(body.querySelector(selector), selector).not.toBeNull()
    }
  })

  test('tells user and language in an early inline script', () => {
    expect(text('/crm/lead/list/', { language: 'ua' })).toMatch(
      /BX\.message\(\{"LANGUAGE_ID":"ua","USER_ID":"1"/,
    )
  })

  test('under a card’s address holds no card, only a script that opens the same address', () => {
    const page = text('/crm/lead/details/1/')
    expect(page).not.toContain('crm-entity-wrap')
    expect(page).toContain('BX.SidePanel.Instance.open("/crm/lead/details/1/"')
    expect(page).toContain('workareainvisible.css')
  })
})

describe('a list', () => {
  test('links titles to cards and phones to calls', () => {
    const { body } = parse('/crm/lead/list/')
    const row = body.querySelector('tr.main-grid-row.main-grid-row-body[data-id="1"]')
    expect(row?.querySelector('.crm-info-title-wrapper a')?.getAttribute('href')).toBe(
      '/crm/lead/details/1/',
    )
    expect(
      row?.querySelector('.crm-client-contacts-block-text a.crm-client-contacts-block-text-tel')
        ?.textContent,
    ).toBe('+380 44 599 0117')
  })

  test.each(['lead', 'company', 'contact'])('of kind %s shows every record', (kind) => {
    const rows = parse(`/crm/${kind}/list/`).body.querySelectorAll('.main-grid-row-body')
    expect(rows).toHaveLength(sampleData().entities[kind as 'lead'].length)
  })
})

describe('a card in a slider', () => {
  test.each([
    ['lead', 1, 'lead_1_details_container'],
    ['lead', 3, 'returning_lead_3_details_container'],
    ['company', 5, 'company_5_details_container'],
    ['contact', 9, 'contact_9_details_container'],
  ])('of %s %i is wrapped in #%s', (kind, id, container) => {
    const { body } = parse(card(kind, id))
    expect(body.querySelector('div.crm-entity-wrap')?.id).toBe(container)
  })

  test('leaves the editor empty: scripts fill it later', () => {
    const { body } = parse(card('lead', 1))
    expect(body.querySelector('#lead_1_details_editor_container')?.innerHTML).toBe('')
    expect(body.querySelector('[data-cid]')).toBeNull()
  })

  test('has no chrome of the portal around it', () => {
    const { body } = parse(card('lead', 1))
    expect(body.querySelector('#header, #right-bar, .app__left-menu')).toBeNull()
  })

  test.each(['ru', 'ua', 'en'] as const)(
    'names the language %s by Bitrix24’s own code',
    (language) => {
      expect(text(card('lead', 1), { language })).toContain(
        `<html lang="${language}" xml:lang="${language}">`,
      )
    },
  )

  test('marks the current stage in script text only', () => {
    const page = text(card('lead', 1))
    expect(page).toContain('currentStepId: "IN_PROCESS"')
    const steps = parse(card('lead', 1)).body.querySelectorAll('.crm-entity-section-status-step')
    expect([...steps].map((step) => step.getAttribute('data-id'))).toEqual([
      'NEW',
      'IN_PROCESS',
      'PROCESSED',
      'UC_CALLBACK',
      'CONVERTED',
      'JUNK',
    ])
    expect(new Set([...steps].map((step) => step.className)).size).toBe(1)
  })

  test('tells type and id in script text', () => {
    const page = text(card('company', 5))
    expect(page).toContain("BX.Crm.Page.context = 'company-5'")
    expect(page).toContain('entityTypeId: 4,\n    entityId: 5')
  })

  test('that is new has id 0, a cover, and no phones', () => {
    const page = text('/crm/lead/details/0/?IFRAME=Y')
    expect(page).toContain('crm-entity-overlay')
    expect(model(page).PHONE).toEqual([])
  })
})

describe('the model script', () => {
  test('holds strings, phones with server-made links, and user fields', () => {
    const lead = model(text(card('lead', 1)))
    expect(lead).toMatchObject({
      ID: '1',
      OPPORTUNITY: '48000',
      FULL_NAME: 'Коваль Тарас',
      ASSIGNED_BY_NAME: 'Оксана Мельник',
      UF_CRM_TEMPERATURE: { VALUE: 'Потенциально заинтересованный (тёплый)' },
    })
    expect(lead.PHONE).toMatchObject([
      {
        ID: '101',
        VALUE: '+380445990117',
        VALUE_TYPE: 'WORK',
        VALUE_EXTRA: { COUNTRY_CODE: 'UA' },
        VIEW_DATA: { value: expect.stringContaining('crm-entity-phone-number'), type: 'Рабочий' },
      },
      { ID: '102' },
    ])
    expect(lead.DATE_CREATE).toMatch(/^\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d$/)
  })

  test('holds the phones of the card and of its clients by owner', () => {
    const { MULTIFIELD_DATA } = model(text(card('lead', 1))) as {
      MULTIFIELD_DATA: { PHONE: object }
    }
    expect(Object.keys(MULTIFIELD_DATA.PHONE)).toEqual(['1_1', '4_5', '3_9'])
  })

  test('says IS_EMPTY of a user field without a value', () => {
    expect(model(text(card('lead', 2))).UF_CRM_TEMPERATURE).toMatchObject({ IS_EMPTY: true })
  })
})

describe('hostile values', () => {
  const data = sampleData()
  for (const entity of [
    ...data.entities.lead,
    ...data.entities.company,
    ...data.entities.contact,
  ]) {
    entity.fields = { ...entity.fields, TITLE: HOSTILE, NAME: HOSTILE, COMMENTS: HOSTILE }
    for (const field of entity.multifields) field.VALUE = HOSTILE
  }
  for (const comment of data.comments) comment.COMMENT = HOSTILE
  for (const activity of data.activities) activity.fields.SUBJECT = HOSTILE
  for (const user of data.users) user.NAME = HOSTILE
  for (const status of data.statuses) status.NAME = HOSTILE
  const clean = (path: string) => parse(path).querySelectorAll('script').length

  test.each([
    '/crm/lead/list/',
    '/crm/contact/list/',
    '/crm/lead/kanban/',
    '/crm/lead/details/1/',
    card('lead', 1),
    card('company', 5),
  ])('add no script to %s', (path) => {
    expect(parse(path, { data }).querySelectorAll('script')).toHaveLength(clean(path))
    expect(text(path, { data })).not.toContain('alert("1")')
  })

  test('come back whole from the model script and stand as text in the title', () => {
    expect(model(text(card('lead', 1), { data }))).toMatchObject({ TITLE: HOSTILE })
    expect(parse(card('lead', 1), { data }).querySelector('#pagetitle')?.textContent).toBe(HOSTILE)
  })
})

describe('the stream', () => {
  test('shows what is planned first, then what happened, newest first', () => {
    const { body } = parse(card('lead', 1))
    const stream = body.querySelector('.crm-entity-stream-container-list')
    const titles = [...(stream?.querySelectorAll('.crm-entity-stream-content-event-title') ?? [])]
    expect(titles.map((title) => title.textContent)).toEqual([
      'Дело',
      'Комментарий',
      'Исходящий звонок',
      'Создан элемент',
    ])
  })

  test('shows what REST wrote, whether its numbers came as strings or not', () => {
    const data = sampleData()
    data.activities.push({
      ID: 50,
      fields: {
        OWNER_TYPE_ID: '4',
        OWNER_ID: '5',
        TYPE_ID: '2',
        DIRECTION: '2',
        SUBJECT: 'Звонок компании',
        COMPLETED: 'Y',
        START_TIME: '2026-09-01T10:00:00+03:00',
      },
    })
    const page = text(card('company', 5), { data })
    expect(page).toContain('Звонок компании')
    expect(page).toContain('1 сентября в 10:00')
    expect(text(card('lead', 1), { data })).not.toContain('Звонок компании')
  })

  test('is given to the open card again and again, with the stage', () => {
    const reply = get('/bitrix/components/bitrix/crm.timeline/ajax.php?type=lead&id=1')
    expect(JSON.parse(String(reply?.body))).toMatchObject({
      stageId: 'IN_PROCESS',
      timeline: expect.stringContaining('Нет ответа 1'),
    })
  })
})

function card(kind: string, id: number): string {
  return `/crm/${kind}/details/${id}/?${IN_SLIDER}`
}

function get(path: string, given: Partial<PageContext> = {}): PageReply | null {
  const data: PortalData = given.data ?? sampleData()
  const [user] = data.users
  if (!user) throw new Error('The sample has no user')
  return renderPage(
    { url: new URL(path, 'https://portal.example'), method: 'GET', body: '' },
    { data, user, language: 'ru', strictCsp: false, phoneFormat: 'bitrix', ...given },
  )
}

function text(path: string, given: Partial<PageContext> = {}): string {
  return String(get(path, given)?.body)
}

function parse(path: string, given: Partial<PageContext> = {}): Document {
  return new new Window().DOMParser().parseFromString(text(path, given), 'text/html')
}

/** The model as a reader outside the page's world finds it: as text of an inline script. */
function model(page: string): Record<string, unknown> {
  const found =
    /EntityEditorModelFactory\.create\(\s*\d+,\s*"",\s*\{ entityTypeId: \d+, data: (.*) \}\n/.exec(
      page,
    )
  return JSON.parse(found?.[1] ?? '')
}
