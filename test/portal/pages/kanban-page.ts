import type { Entity, Multifield, Status } from '../model.ts'
import { detailsUrl, dictionary, entityTitle, fieldText, multifields } from './entities.ts'
import { type Html, html, scriptJson } from './html.ts'
import { formatPhone } from './phone-link.ts'
import { airShell } from './shell.ts'
import { textsFor } from './text.ts'
import { leadToolbar } from './toolbar.ts'
import type { PageContext } from './types.ts'

/** Leads by stage. An item's contact icons are no links: a listener calls, or opens a menu. */
export function kanbanPage(context: PageContext): string {
  const texts = textsFor(context.language)
  const columns = dictionary(context.data, 'STATUS').map((stage) => column(stage, context))
  return airShell(
    {
      title: texts.leads,
      section: 'lead',
      toolbar: leadToolbar('kanban', texts),
      workarea: html`<div class="main-kanban">${columns}</div>`,
      scripts: html`<script type="module" src="/bitrix/js/crm/kanban.js"></script>
<script>BX.message({KANBAN_PHONES: ${scriptJson(phonesByLead(context))}});</script>`,
      isWorkareaInvisible: false,
    },
    context,
  )
}

function column(stage: Status, context: PageContext): Html {
  const leads = context.data.entities.lead.filter(
    (lead) => fieldText(lead, 'STATUS_ID') === stage.STATUS_ID,
  )
  return html`<section class="main-kanban-column" data-id="${stage.STATUS_ID}"><header class="main-kanban-column-title" style="border-color:${stage.COLOR}">${stage.NAME} <span>${leads.length}</span></header>${leads.map(item)}</section>`
}

function item(lead: Entity): Html {
  return html`<article class="main-kanban-item" data-id="${lead.ID}"><div class="crm-kanban-item"><a class="crm-kanban-item-title" href="${detailsUrl('lead', lead.ID)}">${entityTitle('lead', lead)}</a><div class="crm-kanban-item-company">${fieldText(lead, 'COMPANY_TITLE')}</div><div class="crm-kanban-item-contacts">${contactIcon(lead, 'PHONE')}${contactIcon(lead, 'EMAIL')}${contactIcon(lead, 'IM')}</div></div></article>`
}

function contactIcon(lead: Entity, type: Multifield['TYPE_ID']): Html {
  const name = `crm-kanban-item-contact-${type.toLowerCase()}`
  const isEmpty = multifields(lead, type).length === 0
  return html`<span class="${isEmpty ? `${name}-disabled` : name}"></span>`
}

/** What the grid's items hold in the page's world. */
function phonesByLead({ data }: PageContext): Record<string, object[]> {
  return Object.fromEntries(
    data.entities.lead.map((lead) => [
      lead.ID,
      multifields(lead, 'PHONE').map(({ VALUE }) => ({
        value: VALUE,
        formatted: formatPhone(VALUE),
      })),
    ]),
  )
}
