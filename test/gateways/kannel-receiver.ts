import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An SMS as it came in. */
export interface ReceivedSms {
  from: string
  to: string
  text: string
  /** Where its sender wants delivery reports, with %d for the kind. */
  reportUrl: string | null
}

export interface KannelReceiverOptions {
  /** 0 or absent = any free port. */
  port?: number
  username: string
  password: string
}

/** What the receiver does to the messages that come from now on. */
export interface KannelFaults {
  /** `down`: 503, as smsbox without bearerbox. `refuse`: 400. `silent`: takes it, never answers. */
  intake: 'ok' | 'down' | 'refuse' | 'silent'
  /** Numbers that the network can't reach: reported 2 instead of 1. */
  undeliverable: ReadonlySet<string>
  /** Whether reports are sent by themselves; else `report` sends them. */
  reports: boolean
}

export interface KannelReceiver {
  url: string
  readonly received: ReceivedSms[]
  readonly faults: KannelFaults
  /** Sends the reports for one message: 8 (given to the network), then 1 or 2. */
  report(sms: ReceivedSms): Promise<void>
  close(): Promise<void>
}

/**
 * Receives SMS like Kannel's smsbox: `GET /cgi-bin/sendsms`, answers and delivery reports as in the
 * Kannel User Guide, «Using the HTTP interface to send SMS messages» and «SMS delivery reports».
 */
export async function startKannelReceiver(options: KannelReceiverOptions): Promise<KannelReceiver> {
  const received: ReceivedSms[] = []
  const faults: KannelFaults = { intake: 'ok', undeliverable: new Set(), reports: true }
  const underway = new Set<Promise<void>>()

  const report = async (sms: ReceivedSms) => {
    if (!sms.reportUrl) return
    for (const kind of ['8', faults.undeliverable.has(sms.to) ? '2' : '1']) {
      await fetch(sms.reportUrl.replaceAll('%d', kind))
    }
  }
  const reportLater = (sms: ReceivedSms) => {
    // A sender that has gone away loses its reports, as with Kannel without retries.
    const job = report(sms).catch(() => {})
    underway.add(job)
    job.finally(() => underway.delete(job))
  }
  /** The answer's status and body, or null for none at all. */
  const receive = (url: URL): [number, string] | null => {
    const query = url.searchParams
    if (url.pathname !== '/cgi-bin/sendsms') return [404, 'Unknown request.']
    const isKnown =
      query.get('username') === options.username && query.get('password') === options.password
    if (!isKnown) return [403, 'Authorization failed for sendsms']
    if (faults.intake === 'down') return [503, 'Temporal failure, try again later.']
    const sms = readSms(query)
    if (faults.intake === 'refuse' || !sms) return [400, 'Missing receiver or text']
    received.push(sms)
    if (faults.intake === 'silent') return null
    if (faults.reports) reportLater(sms)
    return [202, '0: Accepted for delivery']
  }

  const server = createServer((request, response) => {
    const answer = receive(new URL(request.url ?? '/', 'http://receiver'))
    if (answer) response.writeHead(answer[0]).end(answer[1])
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    faults,
    report,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await Promise.all(underway)
    },
  }
}

/** Null when it is no message that Kannel would take as UTF-8 text. */
function readSms(query: URLSearchParams): ReceivedSms | null {
  const [from, to, text] = [query.get('from'), query.get('to'), query.get('text')]
  if (!from || !to || !text) return null
  if (query.get('coding') !== '2' || query.get('charset') !== 'UTF-8') return null
  const wantsReports = (Number(query.get('dlr-mask')) & 0b11011) === 0b11011
  return { from, to, text, reportUrl: wantsReports ? query.get('dlr-url') : null }
}
