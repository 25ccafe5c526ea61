import type { PanelState } from '../../lib/contracts/panel.ts'
import type { TextKey } from '../../lib/locales/index.ts'
import type { CallHours, Standing } from '../panel/domain.ts'

/** «What to do now» as a text and its values; instants are still to be put into words. */
export interface Advice {
  key: TextKey
  tone: 'call' | 'waiting' | 'danger' | 'neutral'
  /** An instant for `{{when}}`. */
  at: string | null
}

/** One line for the operator, the most binding thing first. `now` is in epoch milliseconds. */
export function adviceOf(
  state: PanelState,
  standing: Standing,
  hours: CallHours | null,
  now: number,
): Advice {
  if (standing.stopList) return advice('advice.stopped', 'danger')
  if (standing.progress === 'pending') return advice('advice.pending', 'waiting')
  const last = state.card?.history.at(-1)
  if (standing.progress === 'closed') {
    return last?.nextContactAt
      ? advice('advice.contact', 'neutral', last.nextContactAt)
      : advice('advice.closed', 'neutral')
  }
  if (standing.progress === 'too_soon') {
    return advice('advice.tooSoon', 'neutral', standing.callableFrom)
  }
  if (hours?.now === 'before') return advice('advice.tooEarly', 'waiting')
  if (hours?.now === 'after') return advice('advice.tooLate', 'waiting')
  const promised = last?.callbackAt ?? last?.nextContactAt ?? last?.meetingAt
  if (promised) {
    return Date.parse(promised) <= now
      ? advice('advice.overdue', 'call', promised)
      : advice('advice.callback', 'waiting', promised)
  }
  if (!last) return advice('advice.first', 'call')
  return standing.attempt >= standing.attempts
    ? advice('advice.last', 'call')
    : advice('advice.next', 'call')
}

function advice(key: TextKey, tone: Advice['tone'], at: string | null = null): Advice {
  return { key, tone, at }
}
