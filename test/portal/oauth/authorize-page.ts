import type { PortalUser } from '../model.ts'
import { type Html, html } from '../pages/html.ts'
import type { PortalLanguage } from '../seed.ts'

const TEXTS = {
  ru: { title: 'Вход в Битрикс24', failed: 'Не удалось открыть приложение' },
  ua: { title: 'Вхід до Бітрікс24', failed: 'Не вдалося відкрити застосунок' },
  en: { title: 'Sign in to Bitrix24', failed: 'Could not open the application' },
} as const satisfies Record<PortalLanguage, { title: string; failed: string }>

/**
 * The login in front of an application. The real one asks for a password; the sandbox's users
 * have none, so one of them is chosen. The form goes back to the address that it stands at.
 */
export function signInPage(users: readonly PortalUser[], language: PortalLanguage): string {
  const { title } = TEXTS[language]
  const buttons = users.map(
    ({ ID, NAME, LAST_NAME, WORK_POSITION }) =>
      html`<p><button name="user_id" value="${ID}">${NAME} ${LAST_NAME}, ${WORK_POSITION}</button></p>`,
  )
  return page(title, language, html`<h1>${title}</h1><form method="post">${buttons}</form>`)
}

/** Bitrix24 docs: settings/oauth/index.md: a failure stays on the portal, nothing is returned. */
export function failurePage(error: string, language: PortalLanguage): string {
  const { failed } = TEXTS[language]
  return page(failed, language, html`<h1>${failed}</h1><p class="error">${error}</p>`)
}

function page(title: string, language: PortalLanguage, body: Html): string {
  return html`<!DOCTYPE html>
<html lang="${language === 'ua' ? 'uk' : language}"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`
    .text
}
