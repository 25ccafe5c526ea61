import { html } from './html.ts'
import type { Language } from './types.ts'

/** A bare document with one sentence, as a slider shows it instead of a card. */
export function messagePage(message: string, language: Language): string {
  return html`<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8"><title>${message}</title><link rel="stylesheet" href="/bitrix/css/base.css"></head>
<body><p class="ui-message">${message}</p></body></html>`.text
}
