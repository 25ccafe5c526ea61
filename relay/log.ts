import { type DestinationStream, type Logger, pino } from 'pino'
import type { RelayConfig } from './config.ts'
import { maskPhones } from './people/mask-phones.ts'

export type Log = Pick<Logger, 'error' | 'warn' | 'info' | 'debug'>

/**
 * Names under which personal data or secrets would stand if somebody logged a row, a request or a
 * configuration by mistake, at the top and one level down.
 */
const NEVER_LOGGED = [
  ...['recipient', 'to', 'phone', 'mail', 'text', 'subject', 'variables', 'name', 'contact'],
  ...['authorization', 'password', 'secret', 'headers', 'body', 'query', 'url', 'ip'],
]

/**
 * Structured log. What is written to it holds no number, address, text or token; should a number
 * get there by mistake, it is masked.
 */
export function createLog(level: RelayConfig['logLevel'], to?: DestinationStream): Logger {
  const paths = NEVER_LOGGED.flatMap((name) => (name === 'name' ? [name] : [name, `*.${name}`]))
  const redact = { paths, censor: '[removed]' }
  const options = {
    level,
    base: null,
    serializers: { err: describeError },
    redact,
    hooks: { streamWrite: maskPhones },
  }
  return to ? pino(options, to) : pino(options)
}

/**
 * An error without its message: messages of the database, of mail servers and of parsers quote the
 * data they stumbled over. Name, code and the frames of the stack are enough to find the place.
 */
export function describeError(error: unknown): { name: string; code?: string; at: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, at: [] }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { name: error.name, ...(code && { code }), at: frames.slice(0, 8).map((f) => f.trim()) }
}
