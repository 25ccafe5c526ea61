import type { CardKind } from '../model.ts'
import { detailsUrl, entityTitle, findEntity } from './entities.ts'
import { html, scriptJson } from './html.ts'
import { airShell } from './shell.ts'
import { textsFor } from './text.ts'
import type { PageContext } from './types.ts'

/**
 * A card's address visited directly: only the portal around it. On BX.ready the same address opens
 * in a slider; closing that goes to the section's list by a full navigation.
 */
export function cardPage(kind: CardKind, id: number, context: PageContext): string {
  const texts = textsFor(context.language)
  const entity = findEntity(context.data, kind, id)
  const options = { listUrl: `/crm/${kind}/list/` }
  return airShell(
    {
      title: entity ? entityTitle(kind, entity) : texts[kind],
      section: kind,
      toolbar: null,
      workarea: html``,
      scripts: html`<script>
BX.ready(function() {
  var options = ${scriptJson(options)};
  BX.SidePanel.Instance.open(${scriptJson(detailsUrl(kind, id))}, {
    cacheable: false,
    isDirectVisit: true,
    events: { onCloseComplete: function() { window.location = options.listUrl; } }
  });
});
</script>`,
      isWorkareaInvisible: true,
    },
    context,
  )
}
