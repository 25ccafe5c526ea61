import { nowText } from '../../clock.ts'
import { nextId } from '../../crm/ids.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { phpText, positiveInt } from '../php.ts'
import { done, type MethodReply, refused } from '../reply.ts'

const DOCS = 'api-reference/chats/notifications'

/** Notices to a user: in the caller's name, or in the system's (author 0). */
export const notificationMethods: readonly RestMethod[] = [
  {
    name: 'im.notify.personal.add',
    scope: 'im',
    docs: `${DOCS}/im-notify-personal-add.md`,
    run: (call) => notify(call, call.user.ID),
  },
  {
    name: 'im.notify.system.add',
    scope: 'im',
    docs: `${DOCS}/im-notify-system-add.md`,
    run: (call) => notify(call, 0),
  },
]

function notify({ params, portal }: RestCall, authorId: number): MethodReply {
  const userId = positiveInt(anyCase(params, 'user_id'))
  if (userId === null) return refused('USER_ID_EMPTY', "User ID can't be empty")
  const message = (phpText(anyCase(params, 'message')) ?? '').trim()
  if (message === '') return refused('MESSAGE_EMPTY', "Message can't be empty")
  if (!portal.data.users.some(({ ID, ACTIVE }) => ID === userId && ACTIVE)) return done(false)
  // A webhook has no application of its own: its TAG counts only together with CLIENT_ID.
  const client = phpText(anyCase(params, 'client_id'))
  const tag = client ? phpText(anyCase(params, 'tag')) : null
  const { data } = portal
  if (tag !== null) {
    data.notifications = data.notifications.filter(
      ({ USER_ID, TAG }) => USER_ID !== userId || TAG !== `${client}|${tag}`,
    )
  }
  const id = nextId(data, 'notification')
  data.notifications.push({
    ID: id,
    USER_ID: userId,
    AUTHOR_ID: authorId,
    MESSAGE: message,
    TAG: tag === null ? null : `${client}|${tag}`,
    DATE_CREATE: nowText(portal.clock),
  })
  return done(id)
}
