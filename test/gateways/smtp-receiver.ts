import type { AddressInfo } from 'node:net'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A mail as it came in. */
export interface ReceivedMail {
  /** From the envelope, not from the headers. */
  from: string
  to: string[]
  subject: string
  text: string
  html: string
  messageId: string
  /** Names of all header fields, in lower case. */
  headerNames: string[]
}

/** What the receiver answers from now on. */
export interface SmtpFaults {
  /** `later`: 451 to every recipient. `never`: 550. */
  recipients: 'ok' | 'later' | 'never'
}

export interface SmtpReceiver {
  /** E.g. `smtp://127.0.0.1:2525`. */
  url: string
  readonly received: ReceivedMail[]
  readonly faults: SmtpFaults
  close(): Promise<void>
}

/** Receives mail on a loopback port, without TLS and without a login. */
export async function startSmtpReceiver({ port = 0 } = {}): Promise<SmtpReceiver> {
  const received: ReceivedMail[] = []
  const faults: SmtpFaults = { recipients: 'ok' }
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    onRcptTo(_address, _session, done) {
      if (faults.recipients === 'ok') return done()
      const isLater = faults.recipients === 'later'
      const responseCode = isLater ? 451 : 550
      done(Object.assign(new Error(isLater ? 'Try again later' : 'No such box'), { responseCode }))
    },
    async onData(stream, session, done) {
      try {
        const mail = await simpleParser(stream)
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          subject: mail.subject ?? '',
          text: mail.text ?? '',
          html: mail.html || '',
          messageId: mail.messageId ?? '',
          headerNames: [...mail.headers.keys()],
        })
        done()
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    },
  })
  // A client that breaks off in the middle; it is the client's to notice.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    faults,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
