import { callNumber, openNumberMenu } from './calls.ts'
import type { PortalWindow } from './portal-window.ts'

type Phones = Record<string, { value: string; formatted: string }[]>

const { BX } = window as unknown as PortalWindow

document.addEventListener('click', (event) => {
  const icon = (event.target as Element).closest<HTMLElement>('.crm-kanban-item-contact-phone')
  const id = icon?.closest<HTMLElement>('.main-kanban-item')?.dataset.id
  if (!icon || !id) return
  const phones = (BX.message('KANBAN_PHONES') as Phones)[id] ?? []
  const call = (number: string) => callNumber(number, 'lead', Number(id))
  const [only, ...others] = phones
  if (only && others.length === 0) call(only.value)
  else openNumberMenu(icon, phones, call)
})

BX.ready(() => BX.onCustomEvent(window, 'Kanban.Grid:onRender', []))
