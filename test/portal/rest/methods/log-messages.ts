import { nowText } from '../../clock.ts'
import { kindOfType } from '../../crm/entity-fields.ts'
import { findEntity, nextId } from '../../crm/ids.ts'
import type { LogMessage } from '../../model.ts'
import { page } from '../listing.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { isPhpArray, phpText, positiveInt } from '../php.ts'
import { done, type MethodReply, missing, refused } from '../reply.ts'

const DOCS = 'api-reference/crm/timeline/logmessage'

/** Muted entries of the timeline. */
export const logMessageMethods: readonly RestMethod[] = Object.entries({
  add,
  get,
  list,
  delete: remove,
}).map(([what, run]) => ({
  name: `crm.timeline.logmessage.${what}`,
  scope: 'crm',
  docs: `${DOCS}/crm-timeline-logmessage-${what}.md`,
  run,
}))

function add({ params, portal, user }: RestCall): MethodReply {
  const { fields } = params
  if (!isPhpArray(fields)) return missing('fields')
  for (const name of ['entityTypeId', 'entityId', 'title', 'text', 'iconCode']) {
    if (!phpText(fields[name])) return missing(name)
  }
  const type = positiveInt(fields.entityTypeId)
  const kind = kindOfType(type)
  const owner = kind && findEntity(portal.data, kind, positiveInt(fields.entityId))
  if (!owner || type === null) return refused('OWNER_NOT_FOUND', 'Owner was not found')
  const message: LogMessage = {
    ID: nextId(portal.data, 'logMessage'),
    entityTypeId: type,
    entityId: owner.ID,
    created: nowText(portal.clock),
    authorId: user.ID,
    title: phpText(fields.title) ?? '',
    text: phpText(fields.text) ?? '',
    iconCode: phpText(fields.iconCode) ?? '',
  }
  portal.data.logMessages.push(message)
  return done({ logMessage: row(message) })
}

function get({ params, portal }: RestCall): MethodReply {
  const message = portal.data.logMessages.find(({ ID }) => ID === positiveInt(params.id))
  return message ? done({ logMessage: row(message) }) : refused('NOT_FOUND', 'Not found.')
}

function list({ params, portal }: RestCall): MethodReply {
  const [type, id] = [positiveInt(params.entityTypeId), positiveInt(params.entityId)]
  if (type === null) return missing('entityTypeId')
  if (id === null) return missing('entityId')
  const own = portal.data.logMessages.filter(
    (one) => one.entityTypeId === type && one.entityId === id,
  )
  return page(own.toReversed().map(row), params.start)
}

function remove({ params, portal }: RestCall): MethodReply {
  const id = positiveInt(params.id)
  const { logMessages } = portal.data
  if (!logMessages.some(({ ID }) => ID === id)) return refused('NOT_FOUND', 'Not found.')
  portal.data.logMessages = logMessages.filter(({ ID }) => ID !== id)
  return done(true)
}

function row({ ID, created, authorId, title, text, iconCode }: LogMessage) {
  return { id: ID, created, authorId, title, text, iconCode }
}
