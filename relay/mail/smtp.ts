import { createTransport } from 'nodemailer'
import type { SmtpConfig } from '../config.ts'
import type { Gateway, SubmitOutcome } from '../gateways/gateway.ts'
import { toHtml } from './html.ts'

/** Stages of an SMTP session before the message itself is handed over. */
const BEFORE_DATA = new Set(['CONN', 'EHLO', 'HELO', 'STARTTLS', 'AUTH', 'MAIL FROM', 'RCPT TO'])

/**
 * Mail through an SMTP server, over a few kept connections. That the server took a mail is the last
 * thing we learn: it is reported as delivered «to the mail server».
 */
export function createMailGateway(config: SmtpConfig): Gateway {
  const domain = config.from.replace(/^.*@/s, '').replace(/>.*$/s, '')
  const transport = createTransport({
    url: config.url,
    pool: true,
    maxConnections: 5,
    maxMessages: 100,
    // The pool would send again by itself when a connection breaks, not knowing how far it came.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    channel: 'mail',
    async submit({ id, to, subject, text }) {
      try {
        await transport.sendMail({
          from: config.from,
          // As an object: an address is never parsed as a list or as a name with an address.
          to: { name: '', address: to },
          subject: subject ?? '',
          text,
          html: toHtml(text),
          messageId: `<${id}@${domain}>`,
        })
        return { type: 'handed_over', detail: 'mail_server' }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    close: async () => transport.close(),
  }
}

/** RFC 5321 §4.2.1: 4yz = not now, 5yz = never. Without a reply it depends on how far we came. */
function outcomeOf(error: unknown): SubmitOutcome {
  if (!(error instanceof Error)) return { type: 'unknown' }
  const { code, command, responseCode } = error as Error & Record<string, unknown>
  if (typeof responseCode === 'number' && responseCode >= 500) {
    return { type: 'refused', detail: code === 'EAUTH' ? 'gateway_login' : 'gateway_refused' }
  }
  if (typeof responseCode === 'number' && responseCode >= 400) return { type: 'busy' }
  const stage = typeof command === 'string' ? command.replace(/^AUTH .*/, 'AUTH') : ''
  return BEFORE_DATA.has(stage) ? { type: 'busy' } : { type: 'unknown' }
}
