import { nextId } from '../../crm/ids.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { phpText } from '../php.ts'
import { done, type MethodReply, refused } from '../reply.ts'

const DOCS = 'api-reference/telephony'
const APP_ONLY = refused(
  'WRONG_AUTH_TYPE',
  'Current authorization type is denied for this method',
  403,
)

/** External lines of an application. */
export const telephonyLineMethods: readonly RestMethod[] = (
  [
    ['add', add],
    ['get', get],
    ['update', update],
    ['delete', remove],
  ] as const
).map(([what, run]) => ({
  name: `telephony.externalLine.${what}`,
  scope: 'telephony',
  docs: `${DOCS}/telephony-external-line-${what}.md`,
  withoutApp: APP_ONLY,
  run,
}))

function add(call: RestCall): MethodReply {
  const number = phpText(anyCase(call.params, 'number')) ?? ''
  if (number === '') return refused('ERROR_CORE', 'NUMBER should not be empty')
  const known = find(call)
  if (known) return done({ ID: known.ID })
  const ID = nextId(call.portal.data, 'line')
  call.portal.data.lines.push({
    ID,
    appId: call.auth.appId ?? '',
    NUMBER: number,
    NAME: phpText(anyCase(call.params, 'name')) ?? '',
    CRM_AUTO_CREATE: phpText(anyCase(call.params, 'crm_auto_create')) === 'N' ? 'N' : 'Y',
  })
  return done({ ID })
}

function get({ portal, auth }: RestCall): MethodReply {
  const own = portal.data.lines.filter(({ appId }) => appId === auth.appId)
  return done(own.map(({ appId: _, ID, ...line }) => ({ ID: String(ID), ...line })))
}

function update(call: RestCall): MethodReply {
  const line = find(call)
  if (!line) return refused('ERROR_CORE', 'Could not find line')
  const name = phpText(anyCase(call.params, 'name'))
  const auto = phpText(anyCase(call.params, 'crm_auto_create'))
  if (name !== null) line.NAME = name
  if (auto !== null) line.CRM_AUTO_CREATE = auto === 'N' ? 'N' : 'Y'
  return done({ ID: line.ID })
}

function remove(call: RestCall): MethodReply {
  const line = find(call)
  if (!line) return refused('ERROR_CORE', 'Could not find line')
  call.portal.data.lines = call.portal.data.lines.filter((one) => one !== line)
  return done({ ID: line.ID })
}

function find({ params, portal, auth }: RestCall) {
  const number = phpText(anyCase(params, 'number'))
  return portal.data.lines.find(({ NUMBER, appId }) => NUMBER === number && appId === auth.appId)
}
