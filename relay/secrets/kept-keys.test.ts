import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { campaignFixture } from '../../test/gateways/relay-fixture.ts'
import { openTestDatabase } from '../../test/gateways/test-database.ts'
import { keysCommand } from '../commands/security.ts'
import { type Relay, startRelay } from '../relay.ts'
import { newKey, readKeys, type SealKey } from './sealed.ts'

function keyOf(text: string): SealKey {
  const keys = readKeys(text)
  const [key] = keys.ok ? keys.value : []
  if (!key) throw new Error('no key')
  return key
}
const old = keyOf(newKey(new Date(0)))
const young = keyOf(newKey(new Date(60_000)))

it('the private keys are sealed at start, sealed anew beside a working relay, and go on working', async () => {
  const database = await openTestDatabase('kept-keys')
  const { db, url } = database
  const start = (keys: SealKey[]) =>
    startRelay({ database: { url }, campaigns: [campaignFixture], keys, logLevel: 'silent' })
  const kept = async () => {
    const one = await db.selectFrom('campaign_key').select('private_jwk as text').execute()
    const other = await db.selectFrom('signing_key').select('key as text').execute()
    return [...one, ...other].map(({ text }) => text.split('.').slice(0, 2).join('.'))
  }
  const publicHalves = (relay: Relay) =>
    fetch(`${relay.address}/v1/keys`).then((answer) => answer.text())
  try {
    const open = await start([])
    const before = await publicHalves(open)
    await open.close()
    expect((await kept()).filter((text) => text.startsWith('v1.'))).toEqual([])

    await (await start([old])).close()
    expect(await kept()).toEqual([`v1.${old.id}`, `v1.${old.id}`])
    await expect(start([])).rejects.toThrow('RELAY_KEYS: missing')
    await expect(start([young])).rejects.toThrow('is not among them')

    const both = await start([young, old])
    expect((await keysCommand(db, { keys: [young, old] }, ['rotate'])).ok).toBe(true)
    expect(await kept()).toEqual([`v1.${young.id}`, `v1.${young.id}`])
    expect(await publishedBy(both)).toBe(201)
    await both.close()

    const last = await start([young])
    expect(await publicHalves(last)).toBe(before)
    expect(await publishedBy(last)).toBe(201)
    await last.close()
  } finally {
    await database.close()
  }
}, 120_000)

/** Publishing signs. */
async function publishedBy(relay: Relay): Promise<number> {
  const token = await relay.addToken('Ольга', 'coordinator')
  const headers = () => ({
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
  })
  const at = `${relay.address}/v1/campaigns/${campaignFixture.id}`
  const body = JSON.stringify({ document: campaignFixture })
  const draft = await fetch(`${at}/draft`, { method: 'PUT', headers: headers(), body })
  const stamp = draft.headers.get('etag') ?? ''
  const published = await fetch(`${at}/publish`, {
    method: 'POST',
    headers: { ...headers(), 'if-match': stamp },
    body: JSON.stringify({ note: '' }),
  })
  return published.status
}
