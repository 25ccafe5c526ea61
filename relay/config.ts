import { z } from 'zod'
import { shippedCampaigns } from '../lib/campaign/shipped/index.ts'
import type { Campaign } from '../lib/contracts/campaign.ts'
import type { Result } from '../lib/contracts/common.ts'
import { type ConfigFile, readConfigFile } from './configuration/config-file.ts'
import { isAddressRange, nearest } from './configuration/values.ts'
import {
  type OAuthConfig,
  origin,
  originList,
  readOAuthConfig,
  userIds,
} from './oauth/oauth-config.ts'
import { readKeys, type SealKey } from './secrets/sealed.ts'

export interface KannelConfig {
  /** Base address of smsbox, e.g. `http://127.0.0.1:13013`. */
  url: string
  username: string
  password: string
  /** Sender shown on the client's phone. */
  from: string
}

export interface SmtpConfig {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  url: string
  /** A bare address, `calls@example.com`, or one with a name, `Prozvon <calls@example.com>`. */
  from: string
}

export interface TlsConfig {
  /** Path of the certificate with its chain, PEM. */
  certificate: string
  /** Path of the private key, PEM. */
  key: string
}

export interface RelayConfig {
  host: string
  /** 0 = any free port. */
  port: number
  /** Under which the gateways reach us with delivery reports; null = the address listened on. */
  publicUrl: string | null
  /** null = plain HTTP, for loopback and behind a proxy. */
  tls: TlsConfig | null
  /** Addresses and ranges of the proxies whose `X-Forwarded-For` is believed. */
  trustedProxies: readonly string[]
  database: { url: string } | { folder: string }
  /** A folder of JSON documents, or the campaigns themselves. */
  campaigns: { folder: string } | readonly z.input<typeof Campaign>[]
  /** null = the relay takes no SMS. */
  kannel: KannelConfig | null
  /** null = the relay takes no mail. */
  smtp: SmtpConfig | null
  /** Requests a minute of one token. */
  ratePerMinute: number
  /** Actions a minute that the log takes from one person. */
  actionsPerMinute: number
  /** For `/metrics`; null = this machine may read them, nobody else. */
  metricsToken: string | null
  /** After how many days personal data is removed by itself; null = never. */
  retainDays: number | null
  /** How long `/ready` says no before the relay takes no more connections. */
  drainSeconds: number
  /** How long requests and jobs in hand may take once the relay was told to stop. */
  stopSeconds: number
  /** Messages that a person may send on one day. */
  messagesPerDay: number
  /** For what is kept sealed; the first seals, all open. Empty = nothing secret can be kept. */
  keys: readonly SealKey[]
  /** null = nobody signs in with a Bitrix24 account. */
  oauth: OAuthConfig | null
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:13013' })
  .transform((url) => url.replace(/\/+$/, ''))
// A file may give a number where a text is meant: a token of digits only, for example.
const text = z
  .union([z.string(), z.number()], 'must be a text')
  .transform(String)
  .pipe(z.string().trim().min(1, 'must not be empty'))
const wholeNumber = (min: number, max: number, words = `must be from ${min} to ${max}`) =>
  z
    .union(
      [
        z.number(),
        z
          .string()
          .regex(/^-?\d+(\.\d+)?$/)
          .transform(Number),
      ],
      'must be a number',
    )
    .pipe(z.number().int('must be a whole number').min(min, words).max(max, words))
const addressRanges = text
  .transform((list) => list.split(',').map((one) => one.trim()))
  .refine(
    (list) => list.every(isAddressRange),
    'must be addresses or ranges such as 127.0.0.1, 10.0.0.0/8',
  )

/**
 * Names are the same in the environment and in the file that RELAY_CONFIG names. A new key is a
 * line here, one in `toConfig`, and one in `relay.example.yaml` (a test asks for it).
 */
export const Variables = z.strictObject({
  RELAY_HOST: text.default('127.0.0.1'),
  RELAY_PORT: wholeNumber(0, 65_535, 'must be from 0 to 65535; 0 takes any free port').default(
    8790,
  ),
  RELAY_PUBLIC_URL: httpUrl.optional(),
  RELAY_TLS_CERT: text.optional(),
  RELAY_TLS_KEY: text.optional(),
  RELAY_TRUSTED_PROXIES: addressRanges.default([]),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be postgres://user:password@host/database' })
    .optional(),
  RELAY_DATA: text.default('.prozvon/relay'),
  RELAY_CAMPAIGNS: text.optional(),
  KANNEL_URL: httpUrl.optional(),
  KANNEL_USER: text.optional(),
  KANNEL_PASSWORD: text.optional(),
  KANNEL_FROM: text.optional(),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be smtp://host:port or smtps://host:port' })
    .optional(),
  SMTP_FROM: text.optional(),
  RELAY_RATE_PER_MINUTE: wholeNumber(1, 1_000_000_000).default(300),
  RELAY_ACTIONS_PER_MINUTE: wholeNumber(1, 1_000_000_000).default(6000),
  RELAY_METRICS_TOKEN: text.pipe(z.string().min(16, 'must have 16 characters or more')).optional(),
  RELAY_RETAIN_DAYS: wholeNumber(1, 36_500).optional(),
  RELAY_DRAIN_SECONDS: wholeNumber(0, 300).default(0),
  RELAY_STOP_SECONDS: wholeNumber(1, 3_600).default(60),
  RELAY_MESSAGES_PER_DAY: wholeNumber(1, 1_000_000).default(500),
  RELAY_KEYS: text
    .transform((list, context) => {
      const keys = readKeys(list)
      if (keys.ok) return keys.value
      context.addIssue(keys.reason)
      return z.NEVER
    })
    .optional(),
  BITRIX24_CLIENT_ID: text.optional(),
  BITRIX24_CLIENT_SECRET: text.optional(),
  BITRIX24_PORTAL: text.pipe(origin).optional(),
  BITRIX24_AUTH_HOSTS: text
    .pipe(originList)
    .default(['https://oauth.bitrix.info', 'https://oauth.bitrix24.tech']),
  BITRIX24_ADMINS: text.pipe(userIds).default([]),
  RELAY_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
})
type Variables = z.infer<typeof Variables>
type Key = keyof Variables

/**
 * Reads the relay's configuration. The environment wins over the file. Each complaint names where
 * the key stands, the key, and what to do; none repeats a value, because values may be secrets.
 */
export function readConfig(env: NodeJS.ProcessEnv): Result<RelayConfig, string[]> {
  const path = env.RELAY_CONFIG
  const file: Result<ConfigFile, string> = path
    ? readConfigFile(path)
    : { ok: true, value: { values: {}, placeOf: () => 'environment' } }
  if (!file.ok) return { ok: false, reason: [file.reason] }
  const names = Object.keys(Variables.shape)
  const fromEnv = new Map(
    names.filter((key) => env[key] !== undefined && env[key] !== '').map((key) => [key, env[key]]),
  )
  const at = (key: string) => (fromEnv.has(key) ? 'environment' : file.value.placeOf(key))
  const parsed = Variables.safeParse({ ...file.value.values, ...Object.fromEntries(fromEnv) })
  if (!parsed.success) {
    return { ok: false, reason: parsed.error.issues.flatMap((issue) => complaints(issue, at)) }
  }
  const missing = missingCompanions(parsed.data, at)
  return missing.length > 0
    ? { ok: false, reason: missing }
    : { ok: true, value: toConfig(parsed.data) }
}

function complaints(issue: z.core.$ZodIssue, at: (key: string) => string): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const meant = nearest(key, Object.keys(Variables.shape))
      return `${at(key)}: ${key}: no such key${meant ? `; did you mean ${meant}?` : ': remove it'}`
    })
  }
  const key = String(issue.path[0])
  return [`${at(key)}: ${key}: ${issue.message}`]
}

/** A gateway is configured wholly or not at all, and so is a certificate. */
function missingCompanions(values: Variables, at: (key: string) => string): string[] {
  const groups: [Key, Key[]][] = [
    ['KANNEL_URL', ['KANNEL_USER', 'KANNEL_PASSWORD', 'KANNEL_FROM']],
    ['SMTP_URL', ['SMTP_FROM']],
    ['BITRIX24_CLIENT_ID', ['BITRIX24_CLIENT_SECRET', 'BITRIX24_PORTAL', 'RELAY_KEYS']],
    ['BITRIX24_CLIENT_SECRET', ['BITRIX24_CLIENT_ID']],
    ['RELAY_TLS_CERT', ['RELAY_TLS_KEY']],
    ['RELAY_TLS_KEY', ['RELAY_TLS_CERT']],
  ]
  return groups.flatMap(([head, rest]) =>
    values[head] === undefined
      ? []
      : rest
          .filter((key) => values[key] === undefined)
          .map((key) => `${at(head)}: ${key}: missing; set it, or unset ${head}`),
  )
}

function toConfig(values: Variables): RelayConfig {
  const { KANNEL_URL, KANNEL_USER, KANNEL_PASSWORD, KANNEL_FROM, SMTP_URL, SMTP_FROM } = values
  const { RELAY_TLS_CERT, RELAY_TLS_KEY } = values
  return {
    host: values.RELAY_HOST,
    port: values.RELAY_PORT,
    publicUrl: values.RELAY_PUBLIC_URL ?? null,
    tls:
      RELAY_TLS_CERT && RELAY_TLS_KEY ? { certificate: RELAY_TLS_CERT, key: RELAY_TLS_KEY } : null,
    trustedProxies: values.RELAY_TRUSTED_PROXIES,
    database: values.DATABASE_URL ? { url: values.DATABASE_URL } : { folder: values.RELAY_DATA },
    campaigns: values.RELAY_CAMPAIGNS ? { folder: values.RELAY_CAMPAIGNS } : shippedCampaigns(),
    kannel:
      KANNEL_URL && KANNEL_USER && KANNEL_PASSWORD && KANNEL_FROM
        ? { url: KANNEL_URL, username: KANNEL_USER, password: KANNEL_PASSWORD, from: KANNEL_FROM }
        : null,
    smtp: SMTP_URL && SMTP_FROM ? { url: SMTP_URL, from: SMTP_FROM } : null,
    ratePerMinute: values.RELAY_RATE_PER_MINUTE,
    actionsPerMinute: values.RELAY_ACTIONS_PER_MINUTE,
    metricsToken: values.RELAY_METRICS_TOKEN ?? null,
    retainDays: values.RELAY_RETAIN_DAYS ?? null,
    drainSeconds: values.RELAY_DRAIN_SECONDS,
    stopSeconds: values.RELAY_STOP_SECONDS,
    messagesPerDay: values.RELAY_MESSAGES_PER_DAY,
    keys: values.RELAY_KEYS ?? [],
    oauth: readOAuthConfig(values),
    logLevel: values.RELAY_LOG,
  }
}
