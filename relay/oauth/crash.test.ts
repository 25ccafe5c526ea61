import { readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../test/gateways/temporary-folder.ts'
import { USER_IDS } from '../../test/portal/seed.ts'
import { type SandboxPortal, startPortal } from '../../test/portal/server.ts'
import { type DatabaseProcess, startDatabase } from '../../test/support/database-process.ts'
import { query } from '../../test/support/databases.ts'
import { type RelayProcess, startRelayProcess } from '../../test/support/relay-process.ts'
import { accessOf, askAccess, oauthEnv, signInAt } from '../../test/support/sign-in.ts'

let folder: string
let database: DatabaseProcess
let portal: SandboxPortal
let env: NodeJS.ProcessEnv
/** Lives through the tests; the other relay of each test is the one that dies. */
let survivor: RelayProcess
const others: RelayProcess[] = []

beforeAll(async () => {
  folder = await temporaryFolder('oauth-crash')
  database = await startDatabase(folder)
  portal = await startPortal({ appHandler: 'https://relay.example/oauth/callback' })
  env = { ...oauthEnv(portal), DATABASE_URL: database.url, RELAY_RATE_PER_MINUTE: '100000' }
  survivor = await startRelayProcess({ env })
}, 120_000)
afterEach(async () => {
  for (const relay of others.splice(0)) await relay.kill()
})
afterAll(async () => {
  await survivor?.stop()
  await portal?.close()
  await database?.stop()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

async function other(crashAt?: `oauth.${string}`): Promise<RelayProcess> {
  const relay = await startRelayProcess({ env, ...(crashAt && { crashAt }) })
  others.push(relay)
  return relay
}

/** Somebody who is signed in, and the token that was given out first. */
async function signedIn() {
  const { token } = await signInAt(survivor.address, USER_IDS.operator)
  const first = await accessOf(survivor.address, token)
  const pairs = portal.tokens.tables.pairs.length
  const renewals = () => portal.tokens.tables.pairs.length - pairs
  return { token, first, renewals }
}

const problemOf = async (response: Response) => ((await response.json()) as { code: string }).code

describe('a relay that is killed while it renews a pair', () => {
  it.each([
    ['oauth.intentStored', 0, 'renewed'],
    ['oauth.received', 1, 'signed out'],
    ['oauth.stored', 1, 'signed out'],
    ['oauth.committed', 1, 'renewed'],
  ] as const)(
    'at %s: what was stored stays, and the rest ends clearly',
    async (at, asked, outcome) => {
      const { token, first, renewals } = await signedIn()
      const dying = await other(at)
      await expect(askAccess(dying.address, token, first.expiresAt)).rejects.toThrow()
      await dying.ended
      expect(renewals()).toBe(asked)

      // Until it is refused, the token that is stored goes on: the old one, or the new one.
      const now = await accessOf(survivor.address, token)
      expect(now.accessToken === first.accessToken).toBe(at !== 'oauth.committed')

      const again = await askAccess(survivor.address, token, first.expiresAt)
      if (outcome === 'renewed') {
        expect(again.status).toBe(200)
        expect(renewals()).toBe(1)
      } else {
        expect(await problemOf(again)).toBe('bitrix24_signed_out')
        await signInAt(survivor.address, USER_IDS.operator)
        expect((await askAccess(survivor.address, token)).status).toBe(200)
      }
      expect(await query(database.url, 'select * from token_refresh')).toEqual([])
    },
    60_000,
  )

  it('while another one waits for the same pair: the other one renews it', async () => {
    const { token, first, renewals } = await signedIn()
    const dying = await other('oauth.intentStored')
    const [died, given] = await Promise.allSettled([
      askAccess(dying.address, token, first.expiresAt),
      accessOf(survivor.address, token, first.expiresAt),
    ])
    expect(given.status).toBe('fulfilled')
    // Whichever came first: it was renewed once, and nobody was signed out.
    expect(renewals()).toBe(1)
    if (died.status === 'fulfilled') expect(died.value.status).toBe(200)
  }, 60_000)
})

it('two relays renew a pair once, however many ask both', async () => {
  const { token, first, renewals } = await signedIn()
  const second = await other()
  const answers = await Promise.all(
    [survivor, second, survivor, second, survivor, second].map(({ address }) =>
      accessOf(address, token, first.expiresAt),
    ),
  )
  expect(renewals()).toBe(1)
  expect(new Set(answers.map(({ accessToken }) => accessToken)).size).toBe(1)
}, 60_000)

it('a pair that nobody used for 149 days is renewed once, by one of the relays', async () => {
  const { token, first, renewals } = await signedIn()
  await query(
    database.url,
    `update portal_account set refreshed_at = refreshed_at - interval '149 days'`,
  )
  await Promise.all([other(), other()])
  await expect.poll(renewals, { timeout: 20_000 }).toBe(1)
  await expect
    .poll(async () => (await accessOf(survivor.address, token)).accessToken, { timeout: 20_000 })
    .not.toBe(first.accessToken)
  expect(renewals()).toBe(1)
}, 60_000)

it('a database that is killed between «received» and «stored»: the old pair stays, the relay lives', async () => {
  const { token, first } = await signedIn()
  const head = await database.pid()
  const { exchange } = portal.tokens
  portal.tokens.exchange = (params) => {
    const answer = exchange.call(portal.tokens, params)
    killTree(head)
    return answer
  }
  const response = await askAccess(survivor.address, token, first.expiresAt)
  expect(response.status).toBeGreaterThanOrEqual(500)
  portal.tokens.exchange = exchange
  await database.start()
  expect(survivor.isAlive()).toBe(true)
  expect((await accessOf(survivor.address, token)).accessToken).toBe(first.accessToken)
  const again = await askAccess(survivor.address, token, first.expiresAt)
  expect(await problemOf(again)).toBe('bitrix24_signed_out')
}, 120_000)

/** `kill -9` of a server with all its processes, before anything else can happen here. */
function killTree(head: number): void {
  const isChild = (pid: string) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === head
    } catch {
      return false
    }
  }
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isChild(name))
  for (const pid of [head, ...children.map(Number)]) process.kill(pid, 'SIGKILL')
}
