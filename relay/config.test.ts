import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shippedCampaigns } from '../lib/campaign/shipped/index.ts'
import { temporaryFolder } from '../test/gateways/temporary-folder.ts'
import { readConfig, Variables } from './config.ts'

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
        tls: null,
        trustedProxies: [],
        database: { folder: '.prozvon/relay' },
        campaigns: shippedCampaigns(),
        kannel: null,
        smtp: null,
        ratePerMinute: 300,
        actionsPerMinute: 6000,
        metricsToken: null,
        retainDays: null,
        drainSeconds: 0,
        stopSeconds: 60,
        messagesPerDay: 500,
        keys: [],
        oauth: null,
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
    ['a key without its certificate', { RELAY_TLS_KEY: 'a' }, 'RELAY_TLS_CERT: missing; set it'],
    ['a proxy that is none', { RELAY_TRUSTED_PROXIES: '10.0.0.0/64' }, 'must be addresses'],
    ['a metrics token too short', { RELAY_METRICS_TOKEN: 's3cret' }, 'must have 16 characters'],
    ['no such file', { RELAY_CONFIG: '/nowhere.json' }, "RELAY_CONFIG: can't read"],
  ])('%s: the complaint names the key and repeats no secret', (_name, env, complaint) => {
    const config = readConfig(env)
    const reasons = config.ok ? [] : config.reason
    expect(reasons.join('\n')).toContain(complaint)
    expect(reasons.join('\n')).not.toContain('s3cret')
  })

  describe('in a file', () => {
    let folder: string
    beforeAll(async () => {
      folder = await temporaryFolder('config')
    })
    afterAll(() => rm(folder, { recursive: true }))

    async function read(name: string, text: string, env: NodeJS.ProcessEnv = {}) {
      const file = join(folder, name)
      await writeFile(file, text)
      const config = readConfig({ RELAY_CONFIG: file, ...env })
      return config.ok ? config : config.reason.map((line) => line.replace(`${folder}/`, ''))
    }

    it.each([
      ['relay.json', '{"RELAY_PORT": 9000, "RELAY_LOG": "warn"}'],
      ['relay.yaml', '# ours\nRELAY_PORT: 9000\nRELAY_LOG: warn\nKANNEL_URL:\n'],
    ])('%s has the same names; the environment wins', async (name, text) => {
      expect(await read(name, text)).toMatchObject({ value: { port: 9000, logLevel: 'warn' } })
      expect(await read(name, text, { RELAY_PORT: '9001' })).toMatchObject({
        value: { port: 9001, logLevel: 'warn' },
      })
    })

    it.each([
      [
        'a wrong value',
        'RELAY_LOG: warn\n\n  \nRELAY_PORT: s3cret',
        'relay.yaml:4:1: RELAY_PORT: must be',
      ],
      [
        'an unknown key',
        'RELAY_LOG: warn\nRELAY_PROT: 1',
        'relay.yaml:2:1: RELAY_PROT: no such key; did you mean RELAY_PORT?',
      ],
      [
        'a key of another program',
        'PASSWORD_OF_ALL: 1',
        'relay.yaml:1:1: PASSWORD_OF_ALL: no such key: remove it',
      ],
      [
        'a companion that is missing',
        'SMTP_URL: smtp://s3cret@m',
        'relay.yaml:1:1: SMTP_FROM: missing; set it',
      ],
      [
        'a key twice',
        'RELAY_PORT: 1\nRELAY_PORT: 2',
        'relay.yaml:2:1: this key stands in the file twice',
      ],
      ['a group', 'RELAY_PORT:\n  a: s3cret', 'relay.yaml:1:1: RELAY_PORT: must be one value'],
      ['a list at the top', '- s3cret', 'relay.yaml:1:1: must hold one key a line'],
      [
        'an open quotation mark',
        'RELAY_LOG: warn\nKANNEL_PASSWORD: "s3cret',
        'relay.yaml:2:25: a quotation mark, bracket or colon is missing',
      ],
      ['a tab', 'RELAY_LOG:\n\tx: s3cret', 'relay.yaml:2:1: a tab'],
      ['a mark of YAML in a value', 'KANNEL_PASSWORD: @s3cret', 'relay.yaml:1:18: '],
    ])(
      '%s: the complaint names line and column, and repeats no value',
      async (_name, text, complaint) => {
        const lines = await read('relay.yaml', text)
        expect(lines).toEqual([expect.stringContaining(complaint)])
        expect(JSON.stringify(lines)).not.toContain('s3cret')
      },
    )

    it('blames the environment for what stands there', async () => {
      expect(await read('relay.yaml', 'RELAY_PORT: 1', { RELAY_PORT: 'x' })).toEqual([
        'environment: RELAY_PORT: must be a number',
      ])
    })

    it('the sample loads, names every key, and shows the defaults', async () => {
      const sample = await readFile('relay/relay.example.yaml', 'utf8')
      expect(await read('relay.yaml', sample)).toEqual(readConfig({}))
      const all = sample.replace(/^# ([A-Z0-9_]+:)/gm, '$1')
      expect(await read('relay.yaml', all)).toMatchObject({ ok: true })
      expect([...all.matchAll(/^([A-Z0-9_]+):/gm)].map(([, key]) => key).sort()).toEqual(
        Object.keys(Variables.shape).sort(),
      )
    })
  })
})
