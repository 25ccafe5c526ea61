import { readFileSync } from 'node:fs'
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { Server, Socket } from 'node:net'
import { decodeBase, parseBase } from '../../lib/base-import/index.ts'
import { loadBase } from './base-to-crm.ts'
import type { PortalClock } from './clock.ts'
import { readBody, readCookie, sendPage } from './http.ts'
import type { PortalData, PortalUser } from './model.ts'
import { newOAuthTables } from './oauth/application.ts'
import { AUTHORIZE_PATH, serveAuthHost, serveAuthorize } from './oauth/http-oauth.ts'
import { callInstall } from './oauth/install-call.ts'
import { TokenDesk } from './oauth/token-desk.ts'
import { renderPage } from './pages/index.ts'
import type { PageContext } from './pages/types.ts'
import { ALL_SCOPES, type RestAuth } from './rest/auth.ts'
import { CONTROL_PATH, serveControl } from './rest/control.ts'
import { RestDesk } from './rest/desk.ts'
import { EventBell } from './rest/event-bell.ts'
import { FaultQueue, type FaultSpec } from './rest/faults.ts'
import { type LoggedRequest, serveRest } from './rest/http-rest.ts'
import type { PortalPlan } from './rest/method.ts'
import { calmMood, type PortalMood } from './rest/mood.ts'
import { type PortalLanguage, roleOf, seedPortal, USER_IDS, type UserRole } from './seed.ts'
import { loadSnapshot, SnapshotFile } from './snapshot.ts'

export type { FaultKind, FaultSpec } from './rest/faults.ts'
export type { LoggedRequest } from './rest/http-rest.ts'
export type { PortalLanguage, UserRole } from './seed.ts'

export interface PortalOptions {
  /** 0, the default, takes a free one. */
  port?: number
  /** Name that browsers map to this machine, e.g. `portal.bitrix24.test`. */
  hostName?: string
  /** Key and certificate, PEM; without them plain HTTP, which is served on loopback alone. */
  tls?: { key: string; cert: string }
  /** A base (CSV) that a portal without snapshot starts with. */
  basePath?: string
  /** Snapshot: read at the start when it is there, kept up to date, written at the end. */
  dataPath?: string
  /** `standard` (50 requests, 2 a second) unless told. */
  plan?: PortalPlan
  /** With leads (classic, unless told) or without them (simple). */
  crmMode?: 'classic' | 'simple'
  /** Faults that wait from the start. */
  faults?: FaultSpec[]
  /** Language of pages and seeded names; `ru` unless told. */
  language?: PortalLanguage
  /** IANA zone of the server; Moscow unless told. */
  timeZone?: string
  /** Epoch milliseconds; the machine's clock unless told. */
  now?: () => number
  /** Pages with a strict Content-Security-Policy. */
  strictCsp?: boolean
  /** How phone links are written in cards; `bitrix`, the cloud's default, unless told. */
  phoneFormat?: PageContext['phoneFormat']
  /** Where the authorize page returns to: the handler on the application's card. */
  appHandler?: string
  /** Told of the application's installation once the portal is up. */
  appInstall?: string
}

export interface SandboxUser {
  id: number
  name: string
  role: UserRole
  /** Inbound webhook, ending in a slash; a secret. */
  webhook: string
}

export interface SandboxOAuth {
  clientId: string
  /** A secret. */
  clientSecret: string
  /** Origin of the token server. */
  authHost: string
}

export interface SandboxPortal {
  origin: string
  port: number
  /** The live data: what a test reads here is what REST and pages show. */
  data: PortalData
  users: SandboxUser[]
  oauth: SandboxOAuth
  /** The auth server: to expire, revoke and narrow what it gave out. */
  tokens: TokenDesk
  /** Calls the install address again, in the administrator's name; tells the answer's status. */
  installApp(): Promise<number | null>
  /** REST requests so far, oldest first. */
  requests: LoggedRequest[]
  /** Renamed, read-only or broken: changed in place. */
  mood: PortalMood
  /** Uses up running time of a method, as if it had run so many seconds. */
  addOperating(auth: RestAuth, method: string, seconds: number): void
  /** Resolves when every event so far has been sent to its handlers. */
  eventsSent(): Promise<void>
  /** Arms a fault for a request to come. */
  failNext(spec: FaultSpec): void
  /** Stops listening and drops every connection: the portal refuses connections. */
  goAway(): Promise<void>
  /** Listens again, on the same port with the same data. */
  comeBack(): Promise<void>
  /** Ends the portal and writes the snapshot. */
  close(): Promise<void>
}

/** Cookie that tells who looks at a page; without it, the operator does. */
const USER_COOKIE = 'SANDBOX_USER'
const LOOPBACK = '127.0.0.1'

/**
 * Starts the sandbox portal: Bitrix24's REST and pages over invented data. It listens on
 * loopback only. Fails when the port is taken or a file can't be read.
 */
export async function startPortal(options: PortalOptions = {}): Promise<SandboxPortal> {
  const clock: PortalClock = {
    now: options.now ?? Date.now,
    zone: options.timeZone ?? 'Europe/Moscow',
  }
  const language = options.language ?? 'ru'
  const data = openData(options, clock, language)
  const snapshot = options.dataPath ? new SnapshotFile(options.dataPath, data) : null
  const requests: LoggedRequest[] = []
  const faults = new FaultQueue()
  const mood = calmMood()
  const { appHandler = '', appInstall = '' } = options
  data.oauth ??= newOAuthTables(appHandler, appInstall, ALL_SCOPES)
  if (appHandler !== '') data.oauth.app.handlerUrl = appHandler
  if (appInstall !== '') data.oauth.app.installUrl = appInstall
  let authOrigin = ''
  const tokens = new TokenDesk(data.oauth, data.users, clock, {
    portalOrigin: () => mood.movedTo ?? origin,
    authOrigin: () => authOrigin,
  })
  const onChange = () => snapshot?.saveSoon()

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin)
    if (url.pathname === CONTROL_PATH) return serveControl({ faults, mood }, request, response)
    if (url.pathname.startsWith('/rest/')) {
      await serveRest({ desk, faults, mood, requests, clock, onChange }, url, request, response)
      return
    }
    if (url.pathname === AUTHORIZE_PATH) {
      await serveAuthorize(
        { desk: tokens, users: data.users, language, onChange },
        url,
        request,
        response,
      )
      return
    }
    const reply = renderPage(
      { url, method: request.method ?? 'GET', body: (await readBody(request)) ?? '' },
      {
        data,
        // A user who has chosen no zone of his own sees times in the server's.
        user: {
          ...viewer(data, request),
          TIME_ZONE: viewer(data, request).TIME_ZONE || clock.zone,
        },
        language,
        strictCsp: options.strictCsp ?? false,
        phoneFormat: options.phoneFormat ?? 'bitrix',
      },
    )
    if (request.method !== 'GET') onChange()
    if (reply) sendPage(response, reply.status, reply.body, reply.headers)
    else sendPage(response, 404, 'Not found')
  }

  const guarded = (work: typeof serve) => (request: IncomingMessage, response: ServerResponse) => {
    work(request, response).catch((error: unknown) => {
      // A client that left in the middle of its request is no fault of the portal's.
      if (request.socket.destroyed) return
      console.error(error)
      if (!response.headersSent) sendPage(response, 500, 'Internal server error')
    })
  }

  const { tls } = options
  const listen = (work: typeof serve) =>
    new Listener(tls ? createHttps(tls, guarded(work)) : createHttp(guarded(work)))
  const listener = listen(serve)
  // Tokens come from a host of their own, as they do from Bitrix24's.
  const authListener = listen((request, response) =>
    serveAuthHost(tokens, onChange, request, response),
  )
  const port = await listener.open(options.port ?? 0)
  const origin = originOf(options, port)
  const authPort = await authListener.open(0)
  authOrigin = `${tls ? 'https' : 'http'}://${options.hostName ?? LOOPBACK}:${authPort}`
  const authOf = (appId: string, userId: number) =>
    appId === tokens.tables.app.clientId ? tokens.eventAuth(userId, false) : null
  const bell = new EventBell({ data, clock, origin, authOf })
  const desk = new RestDesk(
    { data, clock, origin, plan: options.plan ?? 'standard', raise: bell.raise },
    tokens.readToken,
  )
  for (const fault of options.faults ?? []) faults.add(fault)
  if (options.crmMode) data.settings.crmMode = options.crmMode
  if (snapshot) snapshot.save()

  const installApp = async () => {
    const status = await callInstall(tokens, USER_IDS.coordinator, language, clock)
    onChange()
    return status
  }
  if (appInstall !== '') void installApp()

  return {
    origin,
    port,
    data,
    users: data.users.map((user) => describeUser(user, origin)),
    oauth: {
      clientId: data.oauth.app.clientId,
      clientSecret: data.oauth.app.clientSecret,
      authHost: authOrigin,
    },
    tokens,
    installApp,
    requests,
    mood,
    addOperating: (auth, method, seconds) => desk.addOperating(auth, method, seconds),
    eventsSent: () => bell.settled(),
    failNext: (spec) => faults.add(spec),
    goAway: () => listener.close(),
    comeBack: async () => {
      await listener.open(port)
    },
    close: async () => {
      await Promise.all([listener.close(), authListener.close()])
      snapshot?.save()
    },
  }
}

function openData(
  { dataPath, basePath }: PortalOptions,
  clock: PortalClock,
  language: PortalLanguage,
): PortalData {
  const saved = dataPath ? loadSnapshot(dataPath) : null
  if (saved) return saved
  const data = seedPortal(language)
  if (basePath) loadBase(data, clock, parseBase(decodeBase(readFileSync(basePath))).rows)
  return data
}

/** With a certificate and a name, browsers map the name and the port goes unnamed. */
function originOf({ tls, hostName }: PortalOptions, port: number): string {
  if (tls && hostName) return `https://${hostName}`
  return `${tls ? 'https' : 'http'}://${hostName ?? LOOPBACK}:${port}`
}

function describeUser({ ID, NAME, LAST_NAME, webhookCode }: PortalUser, origin: string) {
  return {
    id: ID,
    name: `${NAME} ${LAST_NAME}`,
    role: roleOf(ID),
    webhook: `${origin}/rest/${ID}/${webhookCode}/`,
  }
}

function viewer(data: PortalData, request: IncomingMessage): PortalUser {
  const id = Number(readCookie(request, USER_COOKIE) ?? USER_IDS.operator)
  const user = data.users.find(({ ID }) => ID === id) ?? data.users[0]
  if (!user) throw new Error('the portal has no users')
  return user
}

/** A server that can stop and start again, dropping its connections when it stops. */
class Listener {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  constructor(server: Server) {
    this.#server = server
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
  }

  /** Listens on loopback; tells the port. */
  open(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, LOOPBACK, () => {
        this.#server.off('error', reject)
        const address = this.#server.address()
        resolve(typeof address === 'object' && address ? address.port : port)
      })
    })
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#server.listening) return resolve()
      this.#server.close(() => resolve())
      for (const socket of this.#sockets) socket.destroy()
    })
  }
}
