import type { Logger } from 'pino'
import type { ActionIntake } from '../actions/action-intake.ts'
import type { Intake } from '../messages/accept-message.ts'
import type { MessageStore } from '../messages/message-store.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { AccessTokens } from '../oauth/access-token.ts'
import type { OAuthRoom } from '../oauth/room.ts'
import type { PresenceBoard } from '../presence/presence-board.ts'
import type { Sealer } from '../secrets/sealed.ts'
import type { LastUse } from '../tokens/last-use.ts'
import type { TlsFiles } from './tls-files.ts'

/** What the routes work with. */
export interface ServerDeps extends Intake {
  store: MessageStore
  signingKey: Buffer
  ratePerMinute: number
  actionIntake: ActionIntake
  actionsPerMinute: number
  presence: PresenceBoard
  metrics: Metrics
  /** Null = `/metrics` is for this machine only. */
  metricsToken: string | null
  /** Null = plain HTTP. */
  tls: TlsFiles | null
  /** Whose `X-Forwarded-For` is believed. */
  trustedProxies: readonly string[]
  lastUse: LastUse
  /** null = nobody signs in with Bitrix24. */
  oauth: { room: OAuthRoom; tokens: AccessTokens } | null
  /** null = no RELAY_KEYS: nothing secret can be kept. */
  sealer: Sealer | null
  /** How long a request may take to arrive; only tests make it short. */
  requestTimeoutMs: number
  log: Logger
  /** Ends the waits of long polls when the relay stops. */
  stopping: AbortSignal
}
