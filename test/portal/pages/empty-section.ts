import { html } from './html.ts'
import { airShell } from './shell.ts'
import { textsFor } from './text.ts'
import type { PageContext } from './types.ts'

/** A section that the sandbox lacks: the portal's chrome without any card, which is worth testing. */
export function emptySection(context: PageContext): string {
  const texts = textsFor(context.language)
  return airShell(
    {
      title: texts.portal,
      section: null,
      toolbar: null,
      workarea: html`<div class="main-grid"><p class="ui-message">${texts.emptySection}</p></div>`,
      scripts: null,
      isWorkareaInvisible: false,
    },
    context,
  )
}
