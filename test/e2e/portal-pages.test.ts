import puppeteer, { type Browser, type Frame, type Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Preview, startPreview } from '../portal/pages/preview.ts'

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const PHONE = '[data-cid="PHONE"] .crm-entity-widget-content-block-mutlifield-value a'
const OPEN_SLIDER = '#a11y-slider-container > .side-panel-overlay.--open'

let browser: Browser
let portal: Preview
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await puppeteer.launch({
    executablePath: CHROMIUM,
    pipe: true,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  portal = await startPreview({ strictCsp: true })
})
afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})
beforeEach(async () => {
  errors = []
  page = await browser.newPage()
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.setViewport({ width: 1366, height: 768 })
})
afterEach(async () => {
  await page.close()
  expect(errors).toEqual([])
})

describe('a card’s address visited directly', () => {
  test('shows the portal, with the card in a slider’s iframe over it', async () => {
    await page.goto(`${portal.url}/crm/lead/details/1/`)
    expect(await page.$('.crm-entity-wrap')).toBeNull()
    const card = await cardFrame('lead', 1)
    expect(card.url()).toContain('IFRAME=Y&IFRAME_TYPE=SIDE_SLIDER')
    expect(await card.$eval('html', (html) => html.lang)).toBe('ru')
    expect(path()).toBe('/crm/lead/details/1/')
  })

  test('goes to the list by a full navigation when its slider closes', async () => {
    await page.goto(`${portal.url}/crm/lead/details/1/`)
    await cardFrame('lead', 1)
    await page.waitForSelector(OPEN_SLIDER)
    await page.click('.side-panel-label.--close-label')
    await page.waitForSelector('.main-grid-row-body')
    expect(path()).toBe('/crm/lead/list/')
  })
})

describe('a card opened from a list', () => {
  beforeEach(async () => {
    await page.goto(`${portal.url}/crm/lead/list/`)
    await settledList()
  })

  test('changes address and title by replaceState only when its frame has loaded', async () => {
    const before = await page.evaluate(() => history.length)
    await page.evaluate(() => {
      const seen: string[] = []
      Object.assign(window, { seen })
      const replaceState = history.replaceState.bind(history)
      history.replaceState = (...values) => {
        seen.push(String(document.querySelector('.side-panel-loader') === null))
        replaceState(...values)
      }
    })
    await page.click('a[href="/crm/lead/details/1/"]')
    await cardFrame('lead', 1)
    await page.waitForFunction(() => location.pathname === '/crm/lead/details/1/')
    expect(await page.title()).toContain('Агро-Світ')
    expect(await page.evaluate(() => Reflect.get(window, 'seen'))).toEqual(['true'])
    expect(await page.evaluate(() => history.length)).toBe(before)
  })

  test('leaves no frame behind, and gives address and title back, when Esc closes it', async () => {
    const title = await page.title()
    await page.click('a[href="/crm/lead/details/1/"]')
    await cardFrame('lead', 1)
    await page.waitForFunction(() => location.pathname === '/crm/lead/details/1/')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.querySelector('iframe') === null)
    expect(path()).toBe('/crm/lead/list/')
    expect(await page.title()).toBe(title)
    expect(await page.$('body.side-panel-disable-scrollbar')).toBeNull()
  })

  test('opens a card of its own as another slider of the top document', async () => {
    await page.click('a[href="/crm/lead/details/1/"]')
    const lead = await cardFrame('lead', 1)
    await page.waitForSelector(OPEN_SLIDER)
    await (await lead.waitForSelector('a.crm-entity-widget-client-box-name'))?.click()
    const company = await cardFrame('company', 5)
    expect(company.parentFrame()).toBe(page.mainFrame())
    await page.waitForFunction(() => location.pathname === '/crm/company/details/5/')
    expect(
      await page.$$eval('.side-panel-overlay', (all) =>
        all.map((o) => (o as HTMLElement).style.zIndex),
      ),
    ).toEqual(['1050', '1100'])
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.querySelectorAll('iframe').length === 1)
    expect(path()).toBe('/crm/lead/details/1/')
  })

  test('takes the focus away from what is typed in', async () => {
    await page.focus('.air-header__search input')
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('a[href="/crm/lead/details/1/"]')?.click()
    })
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
  })
})

describe('the side panel', () => {
  beforeEach(async () => {
    await page.goto(`${portal.url}/crm/lead/list/`)
    await settledList()
  })

  test('fires its events in their order, whatever the case of their names', async () => {
    await page.evaluate(() => {
      const seen: string[] = []
      Object.assign(window, { seen })
      const { BX } = window as unknown as { BX: { addCustomEvent(...values: unknown[]): void } }
      for (const name of [
        'onLoad',
        'onOpenComplete',
        'onBeforeOpenComplete',
        'onOpening',
        'onOpenStart',
        'onOpen',
        'onDestroyComplete',
        'onCloseComplete',
        'onCloseStart',
        'onClose',
      ]) {
        BX.addCustomEvent(`SIDEPANEL.slider:${name}`, () => seen.push(name))
      }
    })
    const seen = () => page.evaluate(() => Reflect.get(window, 'seen') as string[])
    await page.click('a[href="/crm/lead/details/2/"]')
    await page.waitForFunction(() => location.pathname === '/crm/lead/details/2/')
    expect((await seen()).filter((name) => name !== 'onLoad')).toEqual([
      'onOpen',
      'onOpenStart',
      'onOpening',
      'onBeforeOpenComplete',
      'onOpenComplete',
    ])
    expect(await seen()).toContain('onLoad')
    await page.click('.side-panel-label.--close-label')
    await page.waitForFunction(() => location.pathname === '/crm/lead/list/')
    expect((await seen()).slice(6)).toEqual([
      'onClose',
      'onCloseStart',
      'onCloseComplete',
      'onDestroyComplete',
    ])
  })

  test('stays open when a handler denies the closing', async () => {
    await page.evaluate(() => {
      const { BX } = window as unknown as { BX: { addCustomEvent(...values: unknown[]): void } }
      BX.addCustomEvent('SidePanel.Slider:onClose', (event: { denyAction(): void }) =>
        event.denyAction(),
      )
    })
    await page.click('a[href="/crm/lead/details/2/"]')
    await page.waitForFunction(() => location.pathname === '/crm/lead/details/2/')
    await page.click('.side-panel-label.--close-label')
    expect(await page.$(OPEN_SLIDER)).not.toBeNull()
  })
})

describe('the kanban', () => {
  test('calls from an item’s icon by a listener', async () => {
    await page.goto(`${portal.url}/crm/lead/kanban/`)
    await page.waitForFunction(() => 'BXIM' in window)
    await page.click('.main-kanban-item[data-id="2"] .crm-kanban-item-contact-phone')
    expect(await nativeCalls()).toMatchObject([{ number: '+78125550142' }])
  })
})

describe('the card’s document', () => {
  test('redirects to its address without IFRAME when it is loaded on top', async () => {
    await page.goto(`${portal.url}/crm/lead/details/1/?IFRAME=Y&IFRAME_TYPE=SIDE_SLIDER`)
    await page.waitForFunction(() => location.search === '')
    await cardFrame('lead', 1)
  })

  test('calls the top window’s BXIM.phoneTo from a phone link', async () => {
    const card = await openLead()
    await (await card.waitForSelector(PHONE))?.click()
    expect(await nativeCalls()).toEqual([
      {
        number: '+380445990117',
        parameters: { ENTITY_TYPE_NAME: 'LEAD', ENTITY_ID: 1, AUTO_FOLD: true },
      },
    ])
    expect(await card.evaluate(() => 'BXIM' in window)).toBe(false)
  })

  test('calls from the client block by a listener, with a menu for several numbers', async () => {
    const card = await openLead()
    await card.waitForSelector('.crm-entity-widget-client-action-call')
    const buttons = await card.$$('.crm-entity-widget-client-action-call')
    await buttons[1]?.click()
    await (await card.waitForSelector('.menu-popup-item:nth-child(2)'))?.click()
    expect(await nativeCalls()).toMatchObject([{ number: '+380445990118' }])
  })

  test('replaces the editor’s nodes when a section is edited and saved', async () => {
    const card = await openLead()
    const old = await card.waitForSelector(PHONE)
    await card.click('[data-cid="main"] .ui-entity-editor-header-edit-lnk')
    await card.waitForSelector('.ui-entity-editor-content-block-edit[data-cid="PHONE"]')
    expect(await card.$('input[name="PHONE[101][VALUE]"][type="hidden"]')).not.toBeNull()
    expect(await card.$('input.crm-entity-widget-content-input-phone')).not.toBeNull()
    await card.click('.crm-entity-card-widget-add-btn-container .ui-btn-success')
    await card.waitForSelector(PHONE)
    expect(await old?.evaluate((node) => node.isConnected)).toBe(false)
  })

  test('reloads itself in the same iframe when the lead is ended', async () => {
    const card = await openLead()
    const id = await page.$eval('iframe', (iframe) => iframe.id)
    await card.click('.crm-entity-section-status-step[data-id="CONVERTED"]')
    expect(await card.$eval('.crm-iframe-workarea', (node) => node.hasAttribute('inert'))).toBe(
      true,
    )
    await Promise.all([
      card.waitForNavigation(),
      card.click('#entity_progress_TERMINATION .webform-small-button-accept'),
    ])
    await (await cardFrame('lead', 1)).waitForSelector(PHONE)
    expect(await page.$eval('iframe', (iframe) => iframe.id)).toBe(id)
  })

  test('shows by itself what was written meanwhile', async () => {
    const card = await openLead()
    portal.data.comments.push({
      ID: 900,
      ENTITY_ID: 1,
      ENTITY_TYPE: 'lead',
      AUTHOR_ID: 1,
      CREATED: new Date().toISOString(),
      COMMENT: 'Договорились <о встрече>',
    })
    await card.waitForFunction(() =>
      document.body.textContent?.includes('Договорились <о встрече>'),
    )
  })
})

describe('a modal popup', () => {
  test('makes the page inert, but neither what asks to be spared nor what is 0 × 0', async () => {
    await page.goto(`${portal.url}/crm/lead/list/`)
    await settledList()
    await page.evaluate(() => {
      for (const [id, attribute, text] of [
        ['spared', 'data-a11y-ignore-inert', 'x'],
        ['plain', 'class', 'x'],
        ['empty', 'class', ''],
      ] as const) {
        const node = document.createElement('div')
        node.id = id
        node.setAttribute(attribute, 'true')
        node.style.cssText = text ? '' : 'position:fixed;width:0;height:0'
        node.textContent = text
        document.body.append(node)
      }
    })
    await page.click('.air-header__invite')
    const inert = () =>
      page.evaluate(() =>
        ['.root', '#spared', '#plain', '#empty', '#invitation-popup'].filter((selector) =>
          document.querySelector(selector)?.hasAttribute('inert'),
        ),
      )
    expect(await inert()).toEqual(['.root', '#plain'])
    await page.keyboard.press('Escape')
    expect(await inert()).toEqual([])
  })
})

function path(): string {
  return new URL(page.url()).pathname
}

/** A list's nodes are replaced once after the first paint. */
async function settledList(): Promise<void> {
  await page.waitForFunction(() => Reflect.get(window, 'frameDataReceived') === true)
}

async function openLead(): Promise<Frame> {
  await page.goto(`${portal.url}/crm/lead/details/1/`)
  const card = await cardFrame('lead', 1)
  await page.waitForSelector(OPEN_SLIDER)
  await page.waitForFunction(() => 'BXIM' in window)
  await card.waitForSelector(PHONE)
  return card
}

async function cardFrame(kind: string, id: number): Promise<Frame> {
  const frame = await page.waitForFrame((candidate) =>
    candidate.url().includes(`/crm/${kind}/details/${id}/?IFRAME=Y`),
  )
  await frame.waitForSelector(`.crm-entity-wrap#${kind}_${id}_details_container`)
  return frame
}

function nativeCalls(): Promise<unknown> {
  return page.evaluate(() => Reflect.get(window, '__nativeCalls'))
}
