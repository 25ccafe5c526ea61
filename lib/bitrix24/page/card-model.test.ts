// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { describeCard, findCard, readModel } from './card-model.ts'

afterEach(() => {
  document.body.innerHTML = ''
})

function showCard(id: string, model: unknown = null, title = 'Page title'): void {
  document.body.innerHTML = `<span id="pagetitle">${title}<span>button</span></span>
    <div class="crm-entity-wrap" id="${id}"></div>`
  if (model === null) return
  const script = document.createElement('script')
  script.type = 'text/plain' // not to be run here
  script.textContent = `BX.ready(function(){ var m = BX.Crm.EntityEditorModelFactory.create(1, "", { entityTypeId: 1, data: ${JSON.stringify(model)} }); });`
  document.body.append(script)
}

describe('which card a document is', () => {
  it.each([
    ['lead_12_details_container', 'lead', 12],
    ['returning_lead_7_details_container', 'lead', 7],
    ['company_3_details_container', 'company', 3],
  ])('reads it from the container %s', (container, kind, id) => {
    showCard(container)
    expect(findCard(document, '/anything/')).toEqual({ kind, id })
  })

  it('falls back to the address where the container has another name', () => {
    showCard('custom_details_container')
    expect(findCard(document, '/extranet/crm/LEAD/details/44/')).toEqual({ kind: 'lead', id: 44 })
  })

  it.each([
    ['lead_0_details_container', '/crm/lead/details/0/'],
    ['deal_5_details_container', '/crm/deal/details/5/'],
  ])('takes no card that can’t be called from: %s', (container, path) => {
    showCard(container)
    expect(findCard(document, path)).toBeNull()
  })

  it('is none without the container: the top document only opens the slider', () => {
    expect(findCard(document, '/crm/lead/details/1/')).toBeNull()
  })
})

describe('what the page tells of its card', () => {
  const model = {
    ID: 12,
    TITLE: 'Лид «Южный» {1}',
    COMPANY_TITLE: 'ООО «Южный»',
    NAME: 'Ирина',
    LAST_NAME: 'Лосева',
    COMMENTS: '[p]скобки } и "кавычки" \\ внутри[/p]',
    PHONE: [{ ID: 1, VALUE: '74951230001', VALUE_TYPE: 'WORK' }, { VALUE: '' }],
  }

  it('cuts the model out of the script, braces and quotes in comments notwithstanding', () => {
    showCard('lead_12_details_container', model)
    expect(readModel(document)).toEqual(model)
  })

  it('describes company, contact and phones', () => {
    showCard('lead_12_details_container', model)
    expect(describeCard({ kind: 'lead', id: 12 }, document, readModel(document))).toEqual({
      kind: 'lead',
      id: 12,
      title: 'Лид «Южный» {1}',
      company: 'ООО «Южный»',
      contact: 'Ирина Лосева',
      phones: [{ raw: '74951230001', label: 'WORK' }],
    })
  })

  it('shows what is drawn where the model can’t be read', () => {
    showCard('lead_12_details_container')
    document.body.insertAdjacentHTML(
      'beforeend',
      `<div data-cid="PHONE"><a class="crm-entity-phone-number" href="callto://+380973840482">+380 97 384 04 82</a></div>
       <div data-cid="IM"><a class="crm-entity-phone-number" href="#">imol|telegram</a></div>`,
    )
    const card = describeCard({ kind: 'lead', id: 12 }, document, readModel(document))
    expect(card.title).toBe('Page title')
    expect(card.phones).toEqual([{ raw: '+380973840482', label: 'WORK' }])
  })

  it('is null while the script is not there yet', () => {
    showCard('lead_12_details_container')
    expect(readModel(document)).toBeNull()
  })
})
