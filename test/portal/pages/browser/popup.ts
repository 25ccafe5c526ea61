import { activateFocusTrap } from './focus-trap.ts'

const POPUP_Z_INDEX = 1500

export interface PopupButton {
  text: string
  className: string
  onClick(): void
}

/** A modal popup in this document; Esc and every button close it. */
export function openPopup(id: string, title: string, text: string, buttons: PopupButton[]): void {
  if (document.getElementById(id)) return
  const overlay = document.createElement('div')
  overlay.id = `popup-window-overlay-${id}`
  overlay.className = 'popup-window-overlay'
  overlay.style.zIndex = String(POPUP_Z_INDEX - 1)
  const popup = document.createElement('div')
  popup.id = id
  popup.className = 'popup-window'
  popup.style.zIndex = String(POPUP_Z_INDEX)
  popup.setAttribute('role', 'dialog')
  popup.setAttribute('aria-modal', 'true')
  popup.append(
    paragraph('popup-window-titlebar', title),
    paragraph('popup-window-content', text),
    buttonRow(),
  )
  document.body.append(overlay, popup)
  const release = activateFocusTrap(popup)
  document.addEventListener('keydown', onEscape, true)
  popup.querySelector('button')?.focus()

  function buttonRow(): HTMLElement {
    const row = document.createElement('div')
    row.className = 'popup-window-buttons'
    for (const button of buttons) {
      const node = document.createElement('button')
      node.type = 'button'
      node.className = button.className
      node.textContent = button.text
      node.addEventListener('click', () => {
        close()
        button.onClick()
      })
      row.append(node)
    }
    return row
  }

  function onEscape(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    close()
  }

  function close(): void {
    document.removeEventListener('keydown', onEscape, true)
    release()
    overlay.remove()
    popup.remove()
  }
}

function paragraph(className: string, text: string): HTMLElement {
  const node = document.createElement('div')
  node.className = className
  node.textContent = text
  return node
}
