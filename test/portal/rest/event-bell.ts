import { randomBytes } from 'node:crypto'
import { nowText, type PortalClock } from '../clock.ts'
import { nextId } from '../crm/ids.ts'
import type { PortalData } from '../model.ts'
import type { EventHandler } from '../model-apps.ts'

export interface BellOptions {
  data: PortalData
  clock: PortalClock
  origin: string
  /** `auth` of an application's event, with its `application_token`; null: it isn't there. */
  authOf(appId: string, userId: number): Record<string, string> | null
}

const HANDLER_TIMEOUT_MS = 10_000

/**
 * Tells applications what happened. Online handlers get a form-encoded POST, once: a failure is
 * not repeated (Bitrix24 docs: events/events.md, safe-event-handlers.md). Offline subscriptions
 * keep the last state of an object in their queue (docs: events/offline-events.md).
 */
export class EventBell {
  readonly #options: BellOptions
  #sending = Promise.resolve()

  constructor(options: BellOptions) {
    this.#options = options
  }

  readonly raise = (event: string, fields: Record<string, unknown>, userId: number): void => {
    for (const handler of this.#options.data.handlers) {
      if (handler.event !== event) continue
      if (handler.handler === null) this.#queue(handler, fields)
      else this.#send(handler, handler.handler, fields, userId)
    }
  }

  /** Resolves when all that was raised so far has been sent, or has failed. */
  settled(): Promise<void> {
    return this.#sending
  }

  #send(handler: EventHandler, url: string, fields: Record<string, unknown>, userId: number): void {
    const { authOf, clock } = this.#options
    const auth = authOf(handler.appId, handler.authType || userId)
    if (auth === null) return
    const body = new URLSearchParams({
      event: handler.event,
      event_handler_id: String(handler.ID),
      ...flat('data', { FIELDS: fields }),
      ts: String(Math.floor(clock.now() / 1000)),
      ...flat('auth', auth),
    })
    const sent = fetch(url, {
      method: 'POST',
      body,
      signal: AbortSignal.timeout(HANDLER_TIMEOUT_MS),
    }).then(
      async (response) => void (await response.body?.cancel()),
      () => undefined,
    )
    this.#sending = Promise.all([this.#sending, sent]).then(() => undefined)
  }

  #queue({ appId, event, authConnector }: EventHandler, fields: Record<string, unknown>): void {
    const { data, clock } = this.#options
    const key = JSON.stringify(fields)
    data.offlineEvents = data.offlineEvents.filter(
      (one) =>
        one.PROCESS_ID !== '' ||
        one.appId !== appId ||
        one.EVENT_NAME !== event ||
        JSON.stringify(one.EVENT_DATA.FIELDS) !== key,
    )
    data.offlineEvents.push({
      ID: nextId(data, 'offlineEvent'),
      appId,
      TIMESTAMP_X: nowText(clock),
      EVENT_NAME: event,
      EVENT_DATA: { FIELDS: fields },
      EVENT_ADDITIONAL: {},
      MESSAGE_ID: randomBytes(16).toString('hex'),
      PROCESS_ID: '',
      ERROR: 0,
      authConnector,
    })
  }
}

/** `{FIELDS: {ID: 7}}` under `data` → `data[FIELDS][ID]=7`. */
function flat(prefix: string, value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return { [prefix]: String(value ?? '') }
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, one]) => flat(`${prefix}[${key}]`, one)),
  )
}
