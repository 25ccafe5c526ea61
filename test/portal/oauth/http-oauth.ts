import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody, sendJson, sendPage } from '../http.ts'
import type { PortalUser } from '../model.ts'
import { parseQuery, parseRequest } from '../rest/params.ts'
import type { PortalLanguage } from '../seed.ts'
import { failurePage, signInPage } from './authorize-page.ts'
import { readText } from './params.ts'
import type { TokenDesk } from './token-desk.ts'

/** On the portal's host. */
export const AUTHORIZE_PATH = '/oauth/authorize/'

export interface AuthorizeHttp {
  desk: TokenDesk
  users: readonly PortalUser[]
  language: PortalLanguage
  /** Called after a code was given out. */
  onChange(): void
}

/**
 * The authorize page (Bitrix24 docs: settings/oauth/index.md). `redirect_uri` is no parameter: the
 * browser returns to the address on the application's card. Consent is not asked for.
 */
export async function serveAuthorize(
  { desk, users, language, onChange }: AuthorizeHttp,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fail = (status: number, error: string) =>
    sendPage(response, status, failurePage(error, language))
  if (!desk.knowsClient(url.searchParams.get('client_id') ?? '')) return fail(400, 'invalid_client')
  if (desk.tables.app.handlerUrl === '') return fail(400, 'invalid_request')
  if (request.method !== 'POST') {
    const employed = users.filter(({ ACTIVE }) => ACTIVE)
    return sendPage(response, 200, signInPage(employed, language))
  }
  const params = parseQuery((await readBody(request)) ?? '')
  const userId = Number(readText(params, 'user_id'))
  if (!desk.letsIn(userId)) return fail(403, 'user_access_error')
  const location = desk.returnUrl(userId, url.searchParams.get('state'))
  onChange()
  response.writeHead(302, { location, 'cache-control': 'no-store' })
  response.end()
}

/** The auth host: `/oauth/token/` by GET or by a form (docs: settings/oauth/auto-renewal.md). */
export async function serveAuthHost(
  desk: TokenDesk,
  onChange: () => void,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://auth.invalid')
  if (!/^\/oauth\/token\/?$/.test(pathname)) return sendPage(response, 404, 'Not found')
  const contentType = request.headers['content-type'] ?? ''
  const body = (await readBody(request)) ?? ''
  const { status, body: answer } = desk.exchange(parseRequest(search.slice(1), contentType, body))
  onChange()
  response.setHeader('cache-control', 'no-store')
  sendJson(response, status, answer)
}
