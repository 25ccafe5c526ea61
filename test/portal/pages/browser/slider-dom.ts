import type { ShellTexts } from './model.ts'
import type { PortalWindow } from './portal-window.ts'

/** The frame starts at about:blank; id and name are random and alike. */
export function createFrame(): HTMLIFrameElement {
  const iframe = document.createElement('iframe')
  const letters = Array.from({ length: 10 }, () => Math.floor(Math.random() * 36).toString(36))
  iframe.className = 'side-panel-iframe'
  iframe.id = `iframe_${letters.join('')}`
  iframe.name = iframe.id
  iframe.src = 'about:blank'
  return iframe
}

/** Overlay, container, labels and loader around the frame. */
export function createOverlay(
  iframe: HTMLIFrameElement,
  url: string,
  onClose: () => void,
): HTMLElement {
  const words = (window as unknown as PortalWindow).BX.message('SHELL_TEXTS') as ShellTexts
  const overlay = element('side-panel side-panel-overlay')
  const container = element(
    'side-panel side-panel-container side-panel-show-shadow --ui-context-content-light',
  )
  container.setAttribute('role', 'dialog')
  const wrapper = element('side-panel-content-wrapper')
  const content = element('side-panel-content-container')
  const labels = element('side-panel-labels')
  const close = label('side-panel-label --close-label', words.close)
  close.append(element('side-panel-label-icon side-panel-label-icon-close'))
  close.addEventListener('click', onClose)
  const extra = element('side-panel-extra-labels')
  const newWindow = label('side-panel-label', words.openNewWindow)
  newWindow.append(element('side-panel-label-icon side-panel-label-icon-new-window'))
  newWindow.addEventListener('click', () => window.open(url, '_blank'))
  extra.append(newWindow)
  labels.append(close, extra)
  content.append(iframe)
  wrapper.append(content)
  container.append(wrapper, labels, element('side-panel-loader'))
  overlay.append(container)
  overlay.addEventListener('click', (event) => {
    if (event.target === overlay) onClose()
  })
  return overlay
}

function element(className: string): HTMLElement {
  const node = document.createElement('div')
  node.className = className
  return node
}

function label(className: string, title: string): HTMLElement {
  const node = document.createElement('button')
  node.type = 'button'
  node.className = className
  node.title = title
  node.setAttribute('aria-label', title)
  return node
}
