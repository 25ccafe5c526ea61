import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { isPhpArray, phpText } from '../php.ts'
import { done, type MethodReply, type Refusal, refused } from '../reply.ts'

const DOCS = 'api-reference/messageservice'
const APP_ONLY = refused('ACCESS_DENIED', 'Application context required', 403)
const DENIED = refused('ACCESS_DENIED', 'Access denied!', 403)
const STATUSES = ['queued', 'sent', 'delivered', 'undelivered', 'failed']

/** SMS providers of applications. */
export const messageSenderMethods: readonly RestMethod[] = [
  sender('add', add),
  sender('update', update),
  sender('delete', remove),
  sender('list', list),
  {
    ...sender('list', setStatus),
    name: 'messageservice.message.status.update',
    docs: `${DOCS}/messageservice-message-status-update.md`,
  },
]

function sender(what: string, run: RestMethod['run']): RestMethod {
  return {
    name: `messageservice.sender.${what}`,
    scope: 'messageservice',
    docs: `${DOCS}/messageservice-sender-${what}.md`,
    withoutApp: APP_ONLY,
    withoutAdmin: DENIED,
    run,
  }
}

function add(call: RestCall): MethodReply {
  const code = checkedCode(call)
  if (typeof code !== 'string') return code
  const type = phpText(anyCase(call.params, 'type')) ?? ''
  const name = nameOf(anyCase(call.params, 'name'))
  const handler = phpText(anyCase(call.params, 'handler')) ?? ''
  if (name === '') return invalid('Empty sender NAME!')
  if (type === '') return invalid('Empty sender message TYPE!')
  if (type !== 'SMS') return invalid('Unknown sender message TYPE!')
  if (!/^https?:\/\//.test(handler)) return refused('ERROR_WRONG_HANDLER_URL', 'Wrong handler URL!')
  if (find(call, code)) {
    return refused('ERROR_SENDER_ALREADY_INSTALLED', 'Sender already installed!')
  }
  call.portal.data.senders.push({
    appId: call.auth.appId ?? '',
    CODE: code,
    TYPE: type,
    HANDLER: handler,
    NAME: name,
    DESCRIPTION: nameOf(anyCase(call.params, 'description')),
  })
  return done(true)
}

function update(call: RestCall): MethodReply {
  const code = checkedCode(call)
  if (typeof code !== 'string') return code
  const known = find(call, code)
  if (!known) return notFound()
  known.HANDLER = phpText(anyCase(call.params, 'handler')) ?? known.HANDLER
  known.NAME = nameOf(anyCase(call.params, 'name')) || known.NAME
  known.DESCRIPTION = nameOf(anyCase(call.params, 'description')) || known.DESCRIPTION
  return done(true)
}

function remove(call: RestCall): MethodReply {
  const code = checkedCode(call)
  if (typeof code !== 'string') return code
  const known = find(call, code)
  if (!known) return notFound()
  call.portal.data.senders = call.portal.data.senders.filter((one) => one !== known)
  return done(true)
}

function list({ portal, auth }: RestCall): MethodReply {
  return done(
    portal.data.senders.filter(({ appId }) => appId === auth.appId).map(({ CODE }) => CODE),
  )
}

function setStatus(call: RestCall): MethodReply {
  const code = checkedCode(call)
  if (typeof code !== 'string') return code
  const id = phpText(anyCase(call.params, 'message_id'))
  const message = call.portal.data.providerMessages.find(
    (one) => one.MESSAGE_ID === id && one.CODE === code && one.appId === call.auth.appId,
  )
  if (!message) return refused('ERROR_MESSAGE_NOT_FOUND', 'Message not found!')
  const status = phpText(anyCase(call.params, 'status')) ?? ''
  if (!STATUSES.includes(status)) {
    return refused('ERROR_MESSAGE_STATUS_INCORRECT', 'Message status incorrect!')
  }
  message.STATUS = status
  return done(true)
}

function checkedCode({ params }: RestCall): string | Refusal {
  const code = phpText(anyCase(params, 'code')) ?? ''
  if (code === '') return invalid('Empty sender code!')
  return /^[\w.-]+$/.test(code) ? code : invalid('Wrong sender code!')
}

function find({ portal, auth }: RestCall, code: string) {
  return portal.data.senders.find(({ CODE, appId }) => CODE === code && appId === auth.appId)
}

/** A name is a text, or a text for each language. */
function nameOf(value: unknown): string {
  return (isPhpArray(value) ? phpText(Object.values(value)[0]) : phpText(value)) ?? ''
}

function invalid(text: string): Refusal {
  return refused('ERROR_SENDER_VALIDATION_FAILURE', text)
}

function notFound(): Refusal {
  return refused('ERROR_SENDER_NOT_FOUND', 'Sender not found!')
}
