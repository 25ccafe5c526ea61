import type { CardKind, Entity } from '../model.ts'
import { formatInstant } from './dates.ts'
import {
  detailsUrl,
  entityTitle,
  fieldText,
  findEntity,
  multifields,
  personName,
  statusName,
  userName,
} from './entities.ts'
import { type Html, html } from './html.ts'
import { emailLink, listPhoneLink } from './phone-link.ts'
import { airShell } from './shell.ts'
import { type Texts, textsFor } from './text.ts'
import { leadToolbar, listToolbar } from './toolbar.ts'
import type { PageContext } from './types.ts'

const PAGE_SIZE = 50

/** The grid of leads, companies or contacts, newest first, at most one page of it. */
export function listPage(kind: CardKind, context: PageContext): string {
  const texts = textsFor(context.language)
  const titles = { lead: texts.leads, company: texts.companies, contact: texts.contacts }
  return airShell(
    {
      title: titles[kind],
      section: kind,
      toolbar: kind === 'lead' ? leadToolbar('list', texts) : listToolbar(kind, texts),
      workarea: grid(kind, context, texts),
      scripts: COMPOSITE,
      isWorkareaInvisible: false,
    },
    context,
  )
}

/** List pages are composite: after the first paint the area's inner nodes are replaced. */
const COMPOSITE = html`<script>
BX.ready(function() {
  setTimeout(function() {
    var area = document.getElementById('page-area');
    area.innerHTML = area.innerHTML;
    window.frameDataReceived = true;
  }, 150);
});
</script>`

function grid(kind: CardKind, context: PageContext, texts: Texts): Html {
  const all = context.data.entities[kind]
  const rows = all.toSorted((a, b) => b.ID - a.ID).slice(0, PAGE_SIZE)
  const columns = [
    texts.columnTitle,
    ...(kind === 'lead' ? [texts.columnStage] : []),
    ...(kind === 'company' ? [] : [texts.columnCompany]),
    texts.columnContact,
    texts.columnResponsible,
    texts.columnCreated,
  ]
  const body = rows.map((entity) => row(kind, entity, context, texts))
  return html`<div class="main-grid" id="CRM_${kind.toUpperCase()}_LIST"><table class="main-grid-table">
<thead class="main-grid-header"><tr class="main-grid-row-head">${columns.map((name) => html`<th class="main-grid-cell-head">${name}</th>`)}</tr></thead>
<tbody>${body.length > 0 ? body : html`<tr class="main-grid-row"><td class="main-grid-cell main-grid-empty" colspan="${columns.length}">${texts.emptyList}</td></tr>`}</tbody>
</table><div class="main-grid-bottom-panel">${texts.total}: ${all.length}</div></div>`
}

function row(kind: CardKind, entity: Entity, context: PageContext, texts: Texts): Html {
  const { data, language, user } = context
  const cells = [
    titleCell(kind, entity, texts),
    ...(kind === 'lead' ? [stageCell(entity, context)] : []),
    ...(kind === 'company' ? [] : [companyCell(entity, context)]),
    contactCell(kind, entity, context),
    html`<span class="crm-grid-username">${userName(data, entity.fields.ASSIGNED_BY_ID)}</span>`,
    html`${formatInstant(entity.fields.DATE_CREATE, language, user.TIME_ZONE)}`,
  ]
  return html`<tr class="main-grid-row main-grid-row-body" data-id="${entity.ID}">${cells.map((cell) => html`<td class="main-grid-cell"><div class="main-grid-cell-content">${cell}</div></td>`)}</tr>`
}

function titleCell(kind: CardKind, entity: Entity, texts: Texts): Html {
  const person = kind === 'lead' ? personName(entity) : ''
  return html`<div class="crm-info-title-wrapper"><a href="${detailsUrl(kind, entity.ID)}">${entityTitle(kind, entity)}</a></div><div class="crm-info-description-wrapper">${person || texts[kind]}</div>`
}

function stageCell(entity: Entity, { data }: PageContext): Html {
  const id = fieldText(entity, 'STATUS_ID')
  const color = data.statuses.find((s) => s.ENTITY_ID === 'STATUS' && s.STATUS_ID === id)?.COLOR
  return html`<span class="crm-list-stage"><span class="crm-list-stage-dot" style="background-color:${color || '#a8b4c0'}"></span>${statusName(data, 'STATUS', id)}</span>`
}

function companyCell(entity: Entity, { data }: PageContext): Html {
  const company = findEntity(data, 'company', Number(entity.fields.COMPANY_ID))
  if (company === null) return html`${fieldText(entity, 'COMPANY_TITLE')}`
  return html`<a href="${detailsUrl('company', company.ID)}">${entityTitle('company', company)}</a>`
}

function contactCell(kind: CardKind, entity: Entity, context: PageContext): Html {
  const owner = { kind, id: entity.ID }
  const phones = multifields(entity, 'PHONE').slice(0, 2)
  const emails = multifields(entity, 'EMAIL').slice(0, 1)
  return html`<div class="crm-client-contacts-block">${phones.map((phone) => listPhoneLink(phone.VALUE, owner, context.phoneFormat))}${emails.map((email) => emailLink(email.VALUE))}</div>`
}
