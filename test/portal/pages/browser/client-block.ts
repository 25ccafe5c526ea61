import { callNumber, openNumberMenu } from './calls.ts'
import { link, node } from './dom.ts'
import type { CardTexts, ClientInfo } from './model.ts'

/** Companies and contacts bound to the card: links to their cards, and call buttons. */
export function clientBlock(clients: ClientInfo[], texts: CardTexts): HTMLElement {
  const block = node('div', 'crm-entity-widget-client-block')
  if (clients.length === 0) block.append(texts.empty)
  for (const client of clients) {
    const box = node('div', 'crm-entity-widget-client-box')
    const head = node('div', 'crm-entity-widget-client-box-name-container')
    head.append(link('crm-entity-widget-client-box-name', client.url, client.title))
    if (client.phones.length > 0) head.append(callButton(client, texts))
    const contact = node('div', 'crm-entity-widget-client-contact')
    for (const phone of client.phones) {
      contact.append(node('div', 'crm-entity-widget-client-contact-phone', phone.formatted))
    }
    for (const email of client.emails) {
      contact.append(node('div', 'crm-entity-widget-client-contact-email', email))
    }
    box.append(head)
    if (client.post) box.append(node('div', 'crm-entity-widget-client-post', client.post))
    box.append(contact)
    block.append(box)
  }
  return block
}

/** Calls by a JS listener, with a menu when there are several numbers. */
function callButton(client: ClientInfo, texts: CardTexts): HTMLElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'crm-entity-widget-client-action-call'
  button.title = texts.call
  const call = (number: string) => callNumber(number, client.typeName, client.id)
  button.addEventListener('click', () => {
    const [only, ...others] = client.phones
    if (only && others.length === 0) call(only.value)
    else openNumberMenu(button, client.phones, call)
  })
  return button
}
