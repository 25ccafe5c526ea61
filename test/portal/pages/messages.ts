import { type Html, html, scriptJson } from './html.ts'
import type { PageContext } from './types.ts'

/** The early inline script from which user and language can be read without the page's world. */
export function bxMessage(context: PageContext): Html {
  const messages = {
    LANGUAGE_ID: context.language,
    USER_ID: String(context.user.ID),
    USER_NAME: `${context.user.NAME} ${context.user.LAST_NAME}`,
    SITE_ID: 's1',
    SITE_DIR: '/',
    bitrix_sessid: 'sandbox-session',
  }
  return html`<script>BX.message(${scriptJson(messages)});</script>`
}
