import { nowText, readInstant } from '../../clock.ts'
import { touchEntity } from '../../crm/entities.ts'
import { kindOfType } from '../../crm/entity-fields.ts'
import { findEntity, nextId } from '../../crm/ids.ts'
import type { Entity, PortalData, TimelineComment } from '../../model.ts'
import { matches } from '../filter.ts'
import { page, sortRows } from '../listing.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { isPhpArray, phpList, phpText, positiveInt } from '../php.ts'
import { done, type MethodReply, missing, refused, refusedByText } from '../reply.ts'

const DOCS = 'api-reference/crm/timeline/comments'

/** Comments in the timeline. */
export const commentMethods: readonly RestMethod[] = [
  {
    name: 'crm.timeline.comment.add',
    scope: 'crm',
    docs: `${DOCS}/crm-timeline-comment-add.md`,
    run: add,
  },
  {
    name: 'crm.timeline.comment.get',
    scope: 'crm',
    docs: `${DOCS}/crm-timeline-comment-get.md`,
    run: get,
  },
  {
    name: 'crm.timeline.comment.list',
    scope: 'crm',
    docs: `${DOCS}/crm-timeline-comment-list.md`,
    run: list,
  },
  {
    name: 'crm.timeline.comment.delete',
    scope: 'crm',
    docs: `${DOCS}/crm-timeline-comment-delete.md`,
    run: remove,
  },
]

/** `fields` must be in lower case, and so must ENTITY_TYPE (`lead`). */
function add({ params, portal, user }: RestCall): MethodReply {
  const { fields } = params
  if (!isPhpArray(fields)) return missing('fields')
  const owner = findOwner(portal.data, fields.ENTITY_TYPE, fields.ENTITY_ID)
  if (owner === null) return refused('OWNER_NOT_FOUND', 'Owner of the item not found')
  const text = phpText(fields.COMMENT) ?? ''
  if (text.trim() === '') return refused('INVALID_ARG_VALUE', 'Empty comment')
  const comment: TimelineComment = {
    ID: nextId(portal.data, 'comment'),
    ENTITY_ID: owner.ID,
    ENTITY_TYPE: phpText(fields.ENTITY_TYPE) ?? '',
    AUTHOR_ID: user.ID,
    CREATED: nowText(portal.clock),
    COMMENT: text,
  }
  portal.data.comments.push(comment)
  touchEntity({ ...portal, userId: user.ID }, owner)
  return done(comment.ID)
}

function get({ params, portal }: RestCall): MethodReply {
  const id = positiveInt(anyCase(params, 'id'))
  if (id === null) return refusedByText('ID is not defined or invalid.')
  const comment = portal.data.comments.find(({ ID }) => ID === id)
  return comment ? done(row(comment)) : refusedByText('Not found.')
}

/** The owner must be named in the filter, or there is nothing that one may read. */
function list({ params, portal }: RestCall): MethodReply {
  const filter = anyCase(params, 'filter')
  const owner = isPhpArray(filter)
    ? findOwner(
        portal.data,
        filter.ENTITY_TYPE ?? filter['=ENTITY_TYPE'],
        filter.ENTITY_ID ?? filter['=ENTITY_ID'],
      )
    : null
  if (owner === null) return refusedByText('Access denied.')
  const rules = { instantOf: (text: string) => readInstant(text, portal.clock.zone) }
  const rows = portal.data.comments
    .map(row)
    .filter((one) => matches(filter, { ...rules, valueOf: (name) => one[name] }))
  const order = anyCase(params, 'order') ?? { ID: 'ASC' }
  const sorted = sortRows(rows, order, (one, name) => one[name], rules)
  const select = phpList(anyCase(params, 'select')).map(String)
  return page(
    sorted.map((one) => pick(one, select)),
    anyCase(params, 'start'),
  )
}

/** The owner may be named; then it must be the comment's. Answers null, as the page shows. */
function remove({ params, portal, user }: RestCall): MethodReply {
  const id = positiveInt(anyCase(params, 'id'))
  if (id === null) return missing('id')
  const { comments } = portal.data
  const at = comments.findIndex(({ ID }) => ID === id)
  const comment = comments[at]
  if (!comment) return refused('NOT_FOUND', 'Not found.')
  const ownerType = params.ownerTypeId
  if (ownerType !== undefined) {
    const kind = kindOfType(positiveInt(ownerType) ?? 0)
    const ownerId = positiveInt(params.ownerId)
    if (kind !== comment.ENTITY_TYPE || ownerId !== comment.ENTITY_ID) {
      return refused('OWNER_NOT_FOUND', 'Owner of the item not found')
    }
  }
  comments.splice(at, 1)
  const owner = findOwner(portal.data, comment.ENTITY_TYPE, comment.ENTITY_ID)
  if (owner) touchEntity({ ...portal, userId: user.ID }, owner)
  return done(null)
}

function row(comment: TimelineComment): Record<string, unknown> {
  return {
    ID: String(comment.ID),
    ENTITY_ID: String(comment.ENTITY_ID),
    ENTITY_TYPE: comment.ENTITY_TYPE,
    CREATED: comment.CREATED,
    COMMENT: comment.COMMENT,
    AUTHOR_ID: String(comment.AUTHOR_ID),
    FILES: {},
  }
}

function pick(one: Record<string, unknown>, select: readonly string[]): Record<string, unknown> {
  if (select.length === 0 || select.includes('*')) return one
  return Object.fromEntries(Object.entries(one).filter(([name]) => select.includes(name)))
}

function findOwner(data: PortalData, type: unknown, id: unknown): Entity | null {
  const text = phpText(type)
  const isKnown = text === 'lead' || text === 'company' || text === 'contact'
  return isKnown ? findEntity(data, text, positiveInt(id)) : null
}
