import { z } from 'zod'
import type { Result } from '../contracts/common.ts'
import { RelayActionsReceipt, type RelayActionsRequest } from '../contracts/relay-actions.ts'
import {
  RelayMe,
  RelayMessage,
  type RelayMessageRequest,
  RelayProblem,
} from '../contracts/relay-api.ts'
import { RelayCampaigns, RelayKeys } from '../contracts/relay-campaigns.ts'
import type { RelayPresenceReport } from '../contracts/relay-presence.ts'
import {
  AccessToken,
  type AccessTokenRequest,
  type PortalMoveRequest,
} from '../contracts/relay-sign-in.ts'
import {
  SignedStopListCopy,
  StopListEntries,
  type StopListRequest,
} from '../contracts/relay-stop-list.ts'

/** Why the relay did not do it. `away` and `unavailable` may pass; the others need a person. */
export type RelayTrouble = {
  reason:
    | 'away'
    | 'unavailable'
    | 'limit'
    | 'unauthorized'
    | 'invalid'
    | 'not_found'
    | 'not_configured'
    | 'protocol'
  /** The relay's own word for it; null when it gave none. */
  code: RelayProblem['code'] | null
  /** What the relay said, for people. */
  detail: string
}

export interface RelayClient {
  me(): Promise<Result<RelayMe, RelayTrouble>>
  /** The published ones, signed; `unchanged` when they are still those of the tag. */
  campaigns(
    etag: string | null,
  ): Promise<Result<(RelayCampaigns & { etag: string | null }) | 'unchanged', RelayTrouble>>
  /** The keys that they are signed with. */
  keys(): Promise<Result<RelayKeys, RelayTrouble>>
  /** The key makes a repetition harmless: the relay answers as it did the first time. */
  send(request: RelayMessageRequest, key: string): Promise<Result<RelayMessage, RelayTrouble>>
  message(id: string): Promise<Result<RelayMessage, RelayTrouble>>
  /** The ids of the actions make a repetition harmless. */
  actions(request: RelayActionsRequest): Promise<Result<RelayActionsReceipt, RelayTrouble>>
  /** Tells what this device is doing. */
  presence(report: RelayPresenceReport): Promise<Result<null, RelayTrouble>>
  /** The signed stop list: whole, or what changed after the version that is `known`. */
  stopList(
    known: { version: number; salt: string; etag: string | null } | null,
  ): Promise<Result<(SignedStopListCopy & { etag: string | null }) | 'unchanged', RelayTrouble>>
  /** Enters subjects into the stop list; the key makes a repetition harmless. */
  enterStops(request: StopListRequest, key: string): Promise<Result<StopListEntries, RelayTrouble>>
  /** For REST as the caller's own Bitrix24 account. */
  accessToken(request: AccessTokenRequest): Promise<Result<AccessToken, RelayTrouble>>
  /** An administrator agrees to the portal's new address. */
  movePortal(request: PortalMoveRequest): Promise<Result<null, RelayTrouble>>
}

const TIMEOUT_MS = 20_000

/** The relay's API, typed by the same schemas that the relay answers with. */
export function createRelayClient(options: {
  address: string
  token: string
  fetch: typeof globalThis.fetch
}): RelayClient {
  async function request(
    path: string,
    init: RequestInit = {},
  ): Promise<Result<Response, RelayTrouble>> {
    try {
      const response = await options.fetch(new URL(path, options.address), {
        ...init,
        headers: { authorization: `Bearer ${options.token}`, ...init.headers },
        credentials: 'omit',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      return { ok: true, value: response }
    } catch {
      return { ok: false, reason: { reason: 'away', code: null, detail: '' } }
    }
  }

  async function read<S extends z.ZodType>(
    schema: S,
    response: Response,
  ): Promise<Result<z.output<S>, RelayTrouble>> {
    const body: unknown = await response.json().catch(() => null)
    if (!response.ok) return { ok: false, reason: troubleOf(response.status, body) }
    const parsed = schema.safeParse(body)
    if (parsed.success) return { ok: true, value: parsed.data }
    const detail = 'not an answer of a Prozvon relay'
    return { ok: false, reason: { reason: 'protocol', code: null, detail } }
  }

  async function ask<S extends z.ZodType>(
    schema: S,
    path: string,
    init: RequestInit = {},
  ): Promise<Result<z.output<S>, RelayTrouble>> {
    const answer = await request(path, init)
    return answer.ok ? read(schema, answer.value) : answer
  }

  /** `unchanged` while it is still that of the tag. */
  async function askUnlessSame<S extends z.ZodType<object>>(
    schema: S,
    path: string,
    etag: string | null,
  ): Promise<Result<(z.output<S> & { etag: string | null }) | 'unchanged', RelayTrouble>> {
    const headers = etag === null ? {} : { 'if-none-match': etag }
    const answer = await request(path, { headers })
    if (!answer.ok) return answer
    if (answer.value.status === 304) return { ok: true, value: 'unchanged' }
    const body = await read(schema, answer.value)
    if (!body.ok) return body
    return { ok: true, value: { ...body.value, etag: answer.value.headers.get('etag') } }
  }
  const json = (method: string, body: object) => ({
    method,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })

  return {
    actions: (request) => ask(RelayActionsReceipt, '/v1/actions', json('POST', request)),
    presence: (report) => ask(z.null(), '/v1/presence', json('PUT', report)),
    accessToken: (request) => ask(AccessToken, '/v1/bitrix24/access-token', json('POST', request)),
    async movePortal(request) {
      const answer = await ask(z.unknown(), '/v1/bitrix24/portal-move', json('POST', request))
      return answer.ok ? { ok: true, value: null } : answer
    },
    me: () => ask(RelayMe, '/v1/me'),
    campaigns: (etag) => askUnlessSame(RelayCampaigns, '/v1/campaigns', etag),
    stopList(known) {
      const since = known && new URLSearchParams({ since: `${known.version}`, salt: known.salt })
      const path = `/v1/stop-list/copy${since ? `?${since}` : ''}`
      return askUnlessSame(SignedStopListCopy, path, known?.etag ?? null)
    },
    enterStops(request, key) {
      const { headers, ...init } = json('POST', request)
      const keyed = { ...headers, 'idempotency-key': key }
      return ask(StopListEntries, '/v1/stop-list/entries', { ...init, headers: keyed })
    },
    keys: () => ask(RelayKeys, '/v1/keys'),
    message: (id) => ask(RelayMessage, `/v1/messages/${encodeURIComponent(id)}`),
    send: (request, key) =>
      ask(RelayMessage, '/v1/messages', {
        method: 'POST',
        body: JSON.stringify(request),
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
      }),
  }
}

function troubleOf(status: number, body: unknown): RelayTrouble {
  const problem = RelayProblem.safeParse(body)
  const detail = problem.success ? problem.data.message : `HTTP ${status}`
  const code = problem.success ? problem.data.code : null
  return { reason: reasonOf(status, code), code, detail }
}

function reasonOf(status: number, code: RelayTrouble['code']): RelayTrouble['reason'] {
  // One of the 5xx, but no trouble that passes by itself.
  if (code === 'not_configured') return 'not_configured'
  if (status === 401 || status === 403) return 'unauthorized'
  if (status === 429) return 'limit'
  if (status === 404) return 'not_found'
  return status >= 500 ? 'unavailable' : 'invalid'
}
