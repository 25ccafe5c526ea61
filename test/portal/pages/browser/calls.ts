import type { PortalWindow } from './portal-window.ts'

/**
 * A call from a JS listener: client block, stream. There is no link and no inline handler, so only
 * someone in the page's own world can step in.
 */
export function callNumber(number: string, entityTypeName: string, entityId: number): void {
  const top = window.top as unknown as PortalWindow
  top.BXIM?.phoneTo(number, {
    ENTITY_TYPE_NAME: entityTypeName.toUpperCase(),
    ENTITY_ID: entityId,
    AUTO_FOLD: true,
  })
}

/** Several numbers: a menu beside the button. */
export function openNumberMenu(
  button: HTMLElement,
  numbers: { value: string; formatted: string }[],
  onChoice: (number: string) => void,
): void {
  document.querySelector('.menu-popup')?.remove()
  const menu = document.createElement('div')
  menu.className = 'menu-popup'
  const { left, bottom } = button.getBoundingClientRect()
  menu.style.left = `${left + scrollX}px`
  menu.style.top = `${bottom + scrollY + 4}px`
  for (const number of numbers) {
    const entry = document.createElement('button')
    entry.type = 'button'
    entry.className = 'menu-popup-item'
    entry.textContent = number.formatted
    entry.addEventListener('click', () => onChoice(number.value))
    menu.append(entry)
  }
  document.body.append(menu)
  // The click that opened the menu must not close it.
  setTimeout(() => document.addEventListener('click', () => menu.remove(), { once: true }))
}
