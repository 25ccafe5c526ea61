import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { shippedCampaigns } from '../lib/campaign/shipped/index.ts'
import { temporaryFolder } from '../test/gateways/temporary-folder.ts'
import { readConfig } from './config.ts'

const kannel = {
  KANNEL_URL: 'http://127.0.0.1:13013/',
  KANNEL_USER: 'prozvon',
  KANNEL_PASSWORD: 's3cret',
  KANNEL_FROM: 'Prozvon',
}

describe('the configuration', () => {
  it('needs nothing: one machine, loopback, the shipped campaigns, no gateways', () => {
    expect(readConfig({})).toEqual({
      ok: true,
      value: {
        host: '127.0.0.1',
        port: 8790,
        publicUrl: null,
        database: { folder: '.prozvon/relay' },
        campaigns: shippedCampaigns(),
        kannel: null,
        smtp: null,
        ratePerMinute: 300,
        messagesPerDay: 500,
        keys: [],
        logLevel: 'info',
      },
    })
  })

  it('takes gateways and a database from the environment', () => {
    const config = readConfig({
      ...kannel,
      DATABASE_URL: 'postgres://relay@db.example/relay',
      SMTP_URL: 'smtps://mail.example:465',
      SMTP_FROM: 'calls@example.com',
      RELAY_CAMPAIGNS: '/srv/campaigns',
    })
    expect(config).toMatchObject({
      ok: true,
      value: {
        database: { url: 'postgres://relay@db.example/relay' },
        campaigns: { folder: '/srv/campaigns' },
        kannel: { url: 'http://127.0.0.1:13013', username: 'prozvon', from: 'Prozvon' },
        smtp: { url: 'smtps://mail.example:465', from: 'calls@example.com' },
      },
    })
  })

  it.each([
    ['a port that is none', { RELAY_PORT: 'x' }, 'RELAY_PORT: must be a number'],
    ['a port too high', { RELAY_PORT: '70000' }, 'RELAY_PORT: must be from 0 to 65535'],
    ['another database', { DATABASE_URL: 'mysql://db/x' }, 'DATABASE_URL: must be postgres://'],
    ['half a gateway', { ...kannel, KANNEL_PASSWORD: '' }, 'KANNEL_PASSWORD: missing; set it'],
    ['mail without a sender', { SMTP_URL: 'smtp://m.example' }, 'SMTP_FROM: missing; set it'],
    ['a gateway that is no address', { ...kannel, KANNEL_URL: 'kannel' }, 'KANNEL_URL: must be'],
    ['no such file', { RELAY_CONFIG: '/nowhere.json' }, "RELAY_CONFIG: can't read"],
  ])('%s: the complaint names the key and repeats no secret', (_name, env, complaint) => {
    const config = readConfig(env)
    const reasons = config.ok ? [] : config.reason
    expect(reasons.join('\n')).toContain(complaint)
    expect(reasons.join('\n')).not.toContain('s3cret')
  })

  it('may stand in a file with the same names; the environment wins', async () => {
    const folder = await temporaryFolder('config')
    const file = join(folder, 'relay.json')
    try {
      await writeFile(file, JSON.stringify({ RELAY_PORT: 9000, RELAY_LOG: 'warn' }))
      expect(readConfig({ RELAY_CONFIG: file, RELAY_PORT: '9001' })).toMatchObject({
        ok: true,
        value: { port: 9001, logLevel: 'warn' },
      })
      await writeFile(file, JSON.stringify({ RELAY_PROT: 9000 }))
      expect(readConfig({ RELAY_CONFIG: file })).toEqual({
        ok: false,
        reason: ['RELAY_CONFIG: unknown names: RELAY_PROT'],
      })
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
