import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { generate } from 'selfsigned'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PortalOptions, type SandboxPortal, startPortal } from './server.ts'

const HOST = 'portal.bitrix24.test'
const BASE = join(import.meta.dirname, '../../demo/base.csv')
const open: SandboxPortal[] = []
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-portal-'))
})

afterEach(async () => {
  await Promise.all(open.splice(0).map((portal) => portal.close()))
  rmSync(folder, { recursive: true })
})

async function start(options: PortalOptions = {}): Promise<SandboxPortal> {
  const portal = await startPortal(options)
  open.push(portal)
  return portal
}

function webhook(portal: SandboxPortal, role = 'operator'): string {
  const user = portal.users.find((one) => one.role === role)
  if (!user) throw new Error(`no ${role}`)
  return user.webhook
}

function post(url: string, params: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })
}

const addLead = (portal: SandboxPortal) =>
  post(`${webhook(portal)}crm.lead.add`, { fields: { TITLE: 'ПП Тест' } })

describe('REST over HTTP', () => {
  it.each([
    ['GET', (url: string) => fetch(`${url}crm.lead.add?fields[TITLE]=x`)],
    ['JSON', (url: string) => post(`${url}crm.lead.add`, { fields: { TITLE: 'x' } })],
    [
      'a form',
      (url: string) =>
        fetch(`${url}crm.lead.add.json`, {
          method: 'POST',
          body: new URLSearchParams({ 'fields[TITLE]': 'x' }),
        }),
    ],
  ])('takes parameters by %s', async (_, send) => {
    const portal = await start()
    const response = await send(webhook(portal))
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(await response.json()).toMatchObject({ result: 1 })
    expect(portal.data.entities.lead[0]?.fields.TITLE).toBe('x')
  })

  it('a wrong code is refused with 401', async () => {
    const portal = await start()
    const response = await fetch(`${portal.origin}/rest/2/wrong/profile`)
    expect([response.status, await response.json()]).toEqual([
      401,
      { error: 'NO_AUTH_FOUND', error_description: 'Wrong authorization data' },
    ])
  })

  it('the 51st request at once is refused with 503; two seconds later four pass', async () => {
    let nowMs = 0
    const portal = await start({ now: () => nowMs })
    const burst = async (count: number) => {
      const responses = await Promise.all(
        Array.from({ length: count }, () => fetch(`${webhook(portal)}profile`)),
      )
      return responses.filter(({ status }) => status === 503)
    }
    const [refused] = await burst(51)
    expect(await refused?.json()).toMatchObject({ error: 'QUERY_LIMIT_EXCEEDED' })
    nowMs = 2000
    expect(await burst(6)).toHaveLength(2)
  })

  it('the log tells batch commands and masks webhook codes', async () => {
    const portal = await start()
    await post(`${webhook(portal)}batch`, { cmd: { me: 'profile', list: 'crm.lead.list?start=0' } })
    expect(portal.requests).toMatchObject([
      {
        method: 'batch',
        userId: 2,
        status: 200,
        commands: ['me: profile', 'list: crm.lead.list?start=0'],
      },
    ])
    const codes = portal.data.users.map(({ webhookCode }) => webhookCode)
    expect(codes.filter((code) => JSON.stringify(portal.requests).includes(code))).toEqual([])
  })

  it('what the portal doesn’t have is 404', async () => {
    const portal = await start()
    expect((await fetch(`${portal.origin}/nothing/here/`)).status).toBe(404)
  })
})

it('with a certificate and a name the portal is https://<name>, and serves TLS', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: HOST }])
  const portal = await start({ tls: { key, cert }, hostName: HOST })
  expect(portal.origin).toBe(`https://${HOST}`)
  const { pathname } = new URL(`${webhook(portal)}server.time`)
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { host: '127.0.0.1', port: portal.port, path: pathname, ca: cert }
    get({ ...options, servername: HOST, checkServerIdentity: () => undefined }, resolve).once(
      'error',
      reject,
    )
  })
  expect(JSON.parse((await response.toArray()).join(''))).toMatchObject({
    result: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\+03:00$/),
  })
})

describe('faults', () => {
  it('before: nothing is done, nothing is answered', async () => {
    const portal = await start()
    portal.failNext({ kind: 'before', method: 'crm.lead.add' })
    await expect(addLead(portal)).rejects.toThrow()
    expect(portal.data.entities.lead).toHaveLength(0)
    expect((await addLead(portal)).status).toBe(200)
  })

  it('after-effect-no-answer: done, but not answered; a batch is hit by a method in it', async () => {
    const portal = await start()
    portal.failNext({ kind: 'after-effect-no-answer', method: 'crm.lead.add' })
    expect((await fetch(`${webhook(portal)}profile`)).status).toBe(200)
    const batch = { cmd: { a: 'crm.lead.add?fields[TITLE]=x' } }
    await expect(post(`${webhook(portal)}batch`, batch)).rejects.toThrow()
    expect(portal.data.entities.lead).toHaveLength(1)
  })

  it.each([
    ['502', 502, 'text/html'],
    ['limit', 503, 'application/json'],
  ] as const)('%s: nothing is done', async (kind, status, type) => {
    const portal = await start()
    portal.failNext({ kind })
    const response = await addLead(portal)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain(type)
    expect(portal.data.entities.lead).toHaveLength(0)
  })

  it('delay: done and answered, though late', async () => {
    const portal = await start()
    portal.failNext({ kind: 'delay', delayMs: 5 })
    expect(await (await addLead(portal)).json()).toMatchObject({ result: 1 })
  })
})

describe('a portal that goes away', () => {
  it('refuses connections, and comes back with the same port, data and webhooks', async () => {
    const portal = await start()
    await addLead(portal)
    await portal.goAway()
    await expect(fetch(`${webhook(portal)}profile`)).rejects.toThrow()
    await portal.comeBack()
    const response = await fetch(`${webhook(portal)}crm.lead.get?id=1`)
    expect(await response.json()).toMatchObject({ result: { TITLE: 'ПП Тест' } })
  })

  it('drops a request that is under way', async () => {
    const portal = await start()
    portal.failNext({ kind: 'delay', delayMs: 600_000 })
    const answer = addLead(portal)
    const dropped = expect(answer).rejects.toThrow()
    await expect.poll(() => portal.data.entities.lead.length).toBe(1)
    await portal.goAway()
    await dropped
  })

  it('starts from its snapshot: ids go on, webhooks stay, the base isn’t loaded twice', async () => {
    const dataPath = join(folder, 'portal.json')
    const first = await start({ dataPath, basePath: BASE })
    const count = first.data.entities.lead.length
    await first.close()
    const second = await start({ dataPath, basePath: BASE, port: first.port })
    expect(webhook(second)).toBe(webhook(first))
    expect(await (await addLead(second)).json()).toMatchObject({ result: count + 1 })
    await expect
      .poll(() => JSON.parse(readFileSync(dataPath, 'utf8')).entities.lead.length)
      .toBe(count + 1)
  })

  it('a snapshot that is none is refused', async () => {
    const dataPath = join(folder, 'portal.json')
    writeFileSync(dataPath, '{}')
    await expect(startPortal({ dataPath })).rejects.toThrow('is not a snapshot')
  })
})

describe('the demo’s base in the portal', () => {
  it('leads are numbered by rows, and linked to company and contact', async () => {
    const { data } = await start({ basePath: BASE })
    expect(data.entities.lead.map(({ ID }) => ID)).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    )
    const firstNumbers = data.entities.lead.slice(0, 3).map(({ multifields }) => {
      return multifields.find(({ TYPE_ID }) => TYPE_ID === 'PHONE')?.VALUE
    })
    expect(firstNumbers).toEqual(['74951230001', '79161230002', '74951230003'])
    const [lead] = data.entities.lead
    const company = data.entities.company.find(({ ID }) => ID === lead?.fields.COMPANY_ID)
    const contact = data.entities.contact.find(({ ID }) => ID === lead?.fields.CONTACT_ID)
    expect(company?.fields).toMatchObject({ TITLE: lead?.fields.TITLE, ADDRESS_CITY: 'Москва' })
    expect(contact?.fields).toMatchObject({ NAME: 'Сергей', POST: 'директор', HAS_PHONE: 'Y' })
  })
})

describe('npm run portal', () => {
  const main = join(import.meta.dirname, 'main.ts')

  it('tells one line when it is ready, and ends on SIGTERM with its snapshot written', async () => {
    const dataPath = join(folder, 'portal.json')
    const child = spawn(process.execPath, [main, '--port', '0', '--base', BASE, '--data', dataPath])
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const [line] = await child.stdout.take(1).map(String).toArray()
    const ready = JSON.parse(line ?? '')
    expect(ready).toMatchObject({ users: [{ id: 1 }, { id: 2, role: 'operator' }, { id: 3 }] })
    expect(await (await fetch(`${ready.webhook}profile`)).json()).toMatchObject({
      result: { ID: '2' },
    })
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(JSON.parse(readFileSync(dataPath, 'utf8')).entities.lead).toHaveLength(12)
  })

  it.each([
    ['no port', [], /^usage: /],
    ['an unknown plan', ['--port', '0', '--plan', 'gold'], /^portal: unknown plan: gold$/],
    [
      'a base that isn’t there',
      ['--port', '0', '--base', '/nowhere.csv'],
      /no such file: \/nowhere.csv$/,
    ],
  ])('%s is one clear line', async (_, args, expected) => {
    expect(await failure(args)).toMatch(expected)
  })

  it('a port in use is one clear line', async () => {
    const { port } = await start()
    expect(await failure(['--port', String(port)])).toBe(`portal: port ${port} is in use`)
  })

  async function failure(args: string[]): Promise<string> {
    const run = promisify(execFile)(process.execPath, [main, ...args])
    const error: { stderr?: string } = await run.then(
      () => ({}),
      (reason) => reason,
    )
    return (error.stderr ?? '').trim().replace(/^portal: usage/, 'usage')
  }
})
