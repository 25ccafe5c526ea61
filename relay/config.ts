import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { shippedCampaigns } from '../lib/campaign/shipped/index.ts'
import type { Campaign } from '../lib/contracts/campaign.ts'
import type { Result } from '../lib/contracts/common.ts'
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

export interface RelayConfig {
  host: string
  /** 0 = any free port. */
  port: number
  /** Under which the gateways reach us with delivery reports; null = the address listened on. */
  publicUrl: string | null
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
  /** Messages that a person may send on one day. */
  messagesPerDay: number
  /** For what is kept sealed; the first seals, all open. Empty = nothing secret can be kept. */
  keys: readonly SealKey[]
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:13013' })
  .transform((url) => url.replace(/\/+$/, ''))
const text = z.string().trim().min(1, 'must not be empty')

/** Names are the same in the environment and in the JSON file that RELAY_CONFIG names. */
const Variables = z.strictObject({
  RELAY_HOST: text.default('127.0.0.1'),
  RELAY_PORT: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(0, 'must be from 0 to 65535; 0 takes any free port')
    .max(65535, 'must be from 0 to 65535; 0 takes any free port')
    .default(8790),
  RELAY_PUBLIC_URL: httpUrl.optional(),
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
  RELAY_RATE_PER_MINUTE: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .default(300),
  RELAY_ACTIONS_PER_MINUTE: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .default(6000),
  RELAY_MESSAGES_PER_DAY: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .default(500),
  RELAY_KEYS: text
    .transform((list, context) => {
      const keys = readKeys(list)
      if (keys.ok) return keys.value
      context.addIssue(keys.reason)
      return z.NEVER
    })
    .optional(),
  RELAY_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
})
type Variables = z.infer<typeof Variables>
type Key = keyof Variables

/**
 * Reads the relay's configuration. The environment wins over the file. Each complaint names its
 * key and says what to do; none repeats a value, because values may be secrets.
 */
export function readConfig(env: NodeJS.ProcessEnv): Result<RelayConfig, string[]> {
  const file = readConfigFile(env.RELAY_CONFIG)
  if (!file.ok) return { ok: false, reason: [file.reason] }
  const fromEnv = Object.keys(Variables.shape)
    .filter((key) => env[key] !== undefined && env[key] !== '')
    .map((key) => [key, env[key]])
  const parsed = Variables.safeParse({ ...file.value, ...Object.fromEntries(fromEnv) })
  if (!parsed.success) return { ok: false, reason: parsed.error.issues.map(complaint) }
  const missing = missingCompanions(parsed.data)
  return missing.length > 0
    ? { ok: false, reason: missing }
    : { ok: true, value: toConfig(parsed.data) }
}

function readConfigFile(path: string | undefined): Result<object, string> {
  if (!path) return { ok: true, value: {} }
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof value === 'object' && value !== null) return { ok: true, value }
  } catch {
    // Said below: a parser's message may quote a secret out of the file.
  }
  return { ok: false, reason: `RELAY_CONFIG: can't read a JSON object from ${path}` }
}

function complaint(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `RELAY_CONFIG: unknown names: ${issue.keys.join(', ')}`
  }
  return `${issue.path.join('.')}: ${issue.message}`
}

/** A gateway is configured wholly or not at all. */
function missingCompanions(values: Variables): string[] {
  const groups: [Key, Key[]][] = [
    ['KANNEL_URL', ['KANNEL_USER', 'KANNEL_PASSWORD', 'KANNEL_FROM']],
    ['SMTP_URL', ['SMTP_FROM']],
  ]
  return groups.flatMap(([head, rest]) =>
    values[head] === undefined
      ? []
      : rest
          .filter((key) => values[key] === undefined)
          .map((key) => `${key}: missing; set it, or unset ${head}`),
  )
}

function toConfig(values: Variables): RelayConfig {
  const { KANNEL_URL, KANNEL_USER, KANNEL_PASSWORD, KANNEL_FROM, SMTP_URL, SMTP_FROM } = values
  return {
    host: values.RELAY_HOST,
    port: values.RELAY_PORT,
    publicUrl: values.RELAY_PUBLIC_URL ?? null,
    database: values.DATABASE_URL ? { url: values.DATABASE_URL } : { folder: values.RELAY_DATA },
    campaigns: values.RELAY_CAMPAIGNS ? { folder: values.RELAY_CAMPAIGNS } : shippedCampaigns(),
    kannel:
      KANNEL_URL && KANNEL_USER && KANNEL_PASSWORD && KANNEL_FROM
        ? { url: KANNEL_URL, username: KANNEL_USER, password: KANNEL_PASSWORD, from: KANNEL_FROM }
        : null,
    smtp: SMTP_URL && SMTP_FROM ? { url: SMTP_URL, from: SMTP_FROM } : null,
    ratePerMinute: values.RELAY_RATE_PER_MINUTE,
    actionsPerMinute: values.RELAY_ACTIONS_PER_MINUTE,
    messagesPerDay: values.RELAY_MESSAGES_PER_DAY,
    keys: values.RELAY_KEYS ?? [],
    logLevel: values.RELAY_LOG,
  }
}
