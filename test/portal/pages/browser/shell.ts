import type { ShellTexts } from './model.ts'
import { openPopup } from './popup.ts'
import type { PortalWindow } from './portal-window.ts'

/** What the chrome itself does: burger, «to the top», clock, and one modal popup. */
const { BX } = window as unknown as PortalWindow

BX.ready(() => {
  const texts = BX.message('SHELL_TEXTS') as ShellTexts
  on('.air-header__burger', () =>
    document.querySelector('.js-app')?.classList.toggle('menu-collapsed-mode'),
  )
  on('.app__go-top', () => window.scrollTo({ top: 0 }))
  on('.air-header__invite', () =>
    openPopup('invitation-popup', texts.inviteTitle, texts.inviteText, [
      { text: texts.close, className: 'ui-btn ui-btn-light', onClick: () => undefined },
    ]),
  )
  showTime()
  setInterval(showTime, 10_000)
})

function on(selector: string, handler: () => void): void {
  document.querySelector(selector)?.addEventListener('click', handler)
}

function showTime(): void {
  const clock = document.querySelector('.air-header__clock')
  const time = new Date().toLocaleTimeString([], {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  })
  if (clock) clock.textContent = time
}
