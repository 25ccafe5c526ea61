import type { MessageDetail } from '../../lib/contracts/effect.ts'
import type { KannelConfig } from '../config.ts'
import type { MessageEvent } from '../messages/message-state.ts'
import { KANNEL_DELIVERY_PATH, signDelivery } from './delivery-link.ts'
import { type Gateway, isNeverConnected, type SubmitOutcome } from './gateway.ts'

const TIMEOUT_MS = 15_000

/** All five kinds of delivery report: 1 + 2 + 4 + 8 + 16. */
const ALL_REPORTS = '31'

/**
 * SMS through Kannel's smsbox (Kannel User Guide, «Using the HTTP interface to send SMS messages»).
 * `publicUrl` is where Kannel reaches this relay with its reports.
 */
export function createKannelGateway(
  config: KannelConfig,
  publicUrl: () => string,
  signingKey: Buffer,
): Gateway {
  return {
    channel: 'sms',
    async submit({ id, submissionId, to, text }) {
      const signature = signDelivery(signingKey, id, submissionId)
      // Kannel replaces %d with the kind of report; nothing else here holds a percent sign.
      const link = `${publicUrl()}${KANNEL_DELIVERY_PATH}?message=${id}&submission=${submissionId}&signature=${signature}&report=%d`
      const query = new URLSearchParams({
        username: config.username,
        password: config.password,
        from: config.from,
        to,
        text,
        coding: '2',
        charset: 'UTF-8',
        'dlr-mask': ALL_REPORTS,
        'dlr-url': link,
      })
      try {
        const response = await fetch(`${config.url}/cgi-bin/sendsms?${query}`, {
          signal: AbortSignal.timeout(TIMEOUT_MS),
          redirect: 'error',
        })
        // Read to the end, so that the connection can be used again.
        await response.text()
        return outcomeOf(response.status)
      } catch (error) {
        return isNeverConnected(error) ? { type: 'busy' } : { type: 'unknown' }
      }
    },
    close: async () => {},
  }
}

/** 202 accepted or queued; 403 wrong user or password; 503 temporal failure; 4xx our mistake. */
function outcomeOf(status: number): SubmitOutcome {
  if (status === 200 || status === 202) return { type: 'accepted' }
  if (status === 401 || status === 403) return { type: 'refused', detail: 'gateway_login' }
  if (status === 429 || status === 503) return { type: 'busy' }
  if (status >= 400 && status < 500) return { type: 'refused', detail: 'gateway_refused' }
  return { type: 'unknown' }
}

/** What a delivery report says (Kannel User Guide, «SMS delivery reports»); null = unknown kind. */
export function readKannelReport(
  report: number,
): { event: MessageEvent; detail: MessageDetail | null } | null {
  switch (report) {
    case 1:
      return { event: 'delivered', detail: null }
    case 2:
      return { event: 'undelivered', detail: 'not_reachable' }
    case 4:
      return { event: 'accepted', detail: 'network_buffered' }
    case 8:
      return { event: 'accepted', detail: null }
    case 16:
      return { event: 'rejected', detail: 'network_refused' }
    default:
      return null
  }
}
