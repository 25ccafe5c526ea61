import type { Logger } from 'pino'
import type { Intake } from '../messages/accept-message.ts'
import type { MessageStore } from '../messages/message-store.ts'

/** What the routes work with. */
export interface ServerDeps extends Intake {
  store: MessageStore
  signingKey: Buffer
  ratePerMinute: number
  log: Logger
  /** Ends the waits of long polls when the relay stops. */
  stopping: AbortSignal
}
