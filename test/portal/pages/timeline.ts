import type { Activity, CardKind, Entity } from '../model.ts'
import { bbCode } from './bb-code.ts'
import { formatInstant } from './dates.ts'
import { ENTITY_TYPE_ID, userName } from './entities.ts'
import { type Html, html } from './html.ts'
import { type IconName, icon } from './icons.ts'
import { formatPhone } from './phone-link.ts'
import type { Texts } from './text.ts'
import type { PageContext } from './types.ts'

const CALL = 2
const MAIL = 4

type SectionKind = 'call' | 'email' | 'todo' | 'comment' | 'info' | 'empty'
const ICONS: Record<SectionKind, IconName> = {
  call: 'call',
  email: 'mail',
  todo: 'todo',
  comment: 'comment',
  info: 'info',
  empty: 'calendar',
}

/** The card's stream: what is planned, then what happened, newest first. */
export function timeline(kind: CardKind, entity: Entity, context: PageContext, texts: Texts): Html {
  const own = context.data.activities.filter((activity) => isOf(activity, kind, entity.ID))
  const planned = own
    .filter((activity) => !isCompleted(activity))
    .toSorted((a, b) => instantOf(a, 'DEADLINE') - instantOf(b, 'DEADLINE'))
  const history = [
    ...own.filter(isCompleted).map((activity) => ({
      at: instantOf(activity, 'CREATED') || instantOf(activity, 'START_TIME'),
      id: activity.ID,
      body: activityItem(activity, context, texts),
    })),
    ...context.data.comments
      .filter((comment) => comment.ENTITY_TYPE === kind && comment.ENTITY_ID === entity.ID)
      .map((comment) => ({
        at: Date.parse(comment.CREATED) || 0,
        id: comment.ID,
        body: item('comment', texts.streamComment, {
          when: formatInstant(comment.CREATED, context.language, context.user.TIME_ZONE),
          author: userName(context.data, comment.AUTHOR_ID),
          content: bbCode(comment.COMMENT),
        }),
      })),
  ].toSorted((a, b) => b.at - a.at || b.id - a.id)
  return html`<div class="crm-entity-stream-section crm-entity-stream-section-planned-label"><div class="crm-entity-stream-section-label">${texts.streamPlanned}</div></div>
${planned.length > 0 ? planned.map((activity) => plannedItem(activity, context, texts)) : item('empty', texts.streamNothingPlanned, {})}
<div class="crm-entity-stream-section crm-entity-stream-section-history-label"><div class="crm-entity-stream-section-label">${texts.streamHistory}</div></div>
${history.map((entry) => entry.body)}
${createdItem(entity, context, texts)}`
}

function isOf(activity: Activity, kind: CardKind, id: number): boolean {
  return (
    Number(activity.fields.OWNER_TYPE_ID) === ENTITY_TYPE_ID[kind] &&
    Number(activity.fields.OWNER_ID) === id
  )
}

function isCompleted(activity: Activity): boolean {
  return activity.fields.COMPLETED === 'Y' || activity.fields.COMPLETED === true
}

function instantOf(activity: Activity, field: string): number {
  return Date.parse(String(activity.fields[field] ?? '')) || 0
}

interface ItemParts {
  when?: string
  author?: string
  title?: string
  content?: Html
  footer?: Html
}

function item(kind: SectionKind, label: string, parts: ItemParts): Html {
  return html`<div class="crm-entity-stream-section crm-entity-stream-section-history crm-entity-stream-section-${kind}">
  ${sectionIcon(kind)}
  <div class="crm-entity-stream-section-content crm-timeline__card">
    <div class="crm-entity-stream-content-header"><span class="crm-entity-stream-content-event-title">${label}</span><span class="crm-entity-stream-content-event-time">${parts.when}</span></div>
    ${parts.title ? html`<div class="crm-entity-stream-content-detail-title">${parts.title}</div>` : null}
    ${parts.content ? html`<div class="crm-entity-stream-content-detail-description">${parts.content}</div>` : null}
    ${parts.footer}
    ${parts.author ? html`<div class="crm-entity-stream-content-author">${parts.author}</div>` : null}
  </div>
</div>`
}

function sectionIcon(kind: SectionKind): Html {
  return html`<div class="crm-entity-stream-section-icon crm-entity-stream-section-icon-${kind}">${icon(ICONS[kind])}</div>`
}

function activityItem(activity: Activity, context: PageContext, texts: Texts): Html {
  const { fields } = activity
  return item(sectionKind(activity), activityLabel(activity, texts), {
    when: formatInstant(
      fields.START_TIME ?? fields.CREATED,
      context.language,
      context.user.TIME_ZONE,
    ),
    author: userName(context.data, fields.RESPONSIBLE_ID ?? fields.AUTHOR_ID),
    title: String(fields.SUBJECT ?? ''),
    content: bbCode(String(fields.DESCRIPTION ?? '')),
    ...callFooter(activity, texts),
  })
}

function plannedItem(activity: Activity, context: PageContext, texts: Texts): Html {
  const { fields } = activity
  const deadline = formatInstant(fields.DEADLINE, context.language, context.user.TIME_ZONE)
  return html`<div class="crm-entity-stream-section crm-entity-stream-section-planned crm-entity-stream-section-${sectionKind(activity)}" data-id="${activity.ID}">
  ${sectionIcon(sectionKind(activity))}
  <div class="crm-entity-stream-section-content crm-timeline__card">
    <div class="crm-entity-stream-content-header"><span class="crm-entity-stream-content-event-title">${activityLabel(activity, texts)}</span></div>
    <div class="crm-entity-stream-content-deadline">${texts.deadline}: <b>${deadline}</b></div>
    <div class="crm-entity-stream-content-detail-title">${String(fields.SUBJECT ?? '')}</div>
    <div class="crm-entity-stream-content-detail-description">${bbCode(String(fields.DESCRIPTION ?? ''))}</div>
    ${callFooter(activity, texts).footer}
    <div class="crm-entity-stream-content-author">${userName(context.data, fields.RESPONSIBLE_ID)}</div>
  </div>
</div>`
}

function createdItem(entity: Entity, context: PageContext, texts: Texts): Html {
  return item('info', texts.created, {
    when: formatInstant(entity.fields.DATE_CREATE, context.language, context.user.TIME_ZONE),
    author: userName(context.data, entity.fields.CREATED_BY_ID),
  })
}

function sectionKind(activity: Activity): SectionKind {
  switch (Number(activity.fields.TYPE_ID)) {
    case CALL:
      return 'call'
    case MAIL:
      return 'email'
    default:
      return 'todo'
  }
}

function activityLabel(activity: Activity, texts: Texts): string {
  switch (sectionKind(activity)) {
    case 'call':
      return Number(activity.fields.DIRECTION) === 1 ? texts.callIncoming : texts.callOutgoing
    case 'email':
      return texts.streamMail
    default:
      return texts.activity
  }
}

/** A call can be repeated from the stream: a button with a JS listener, no link. */
function callFooter(activity: Activity, texts: Texts): { footer?: Html } {
  if (sectionKind(activity) !== 'call') return {}
  const number = firstNumber(activity.fields.COMMUNICATIONS)
  if (number === null) return {}
  return {
    footer: html`<div class="crm-timeline__card-footer"><span class="crm-entity-stream-content-number">${formatPhone(number)}</span><button type="button" class="crm-timeline__card-action" data-call-number="${number}">${texts.call}</button></div>`,
  }
}

function firstNumber(communications: unknown): string | null {
  const first: unknown = Array.isArray(communications) ? communications[0] : null
  if (typeof first !== 'object' || first === null || !('VALUE' in first)) return null
  return typeof first.VALUE === 'string' && first.VALUE !== '' ? first.VALUE : null
}
