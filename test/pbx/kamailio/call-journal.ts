import { newCall, type PbxCall } from '../journal.ts'
import { JOURNAL_LINE } from './kamailio-config.ts'

/** Writes the journal from what Kamailio logs about each call. */
export class CallJournal {
  readonly #calls = new Map<string, PbxCall>()

  get calls(): PbxCall[] {
    return [...this.#calls.values()]
  }

  call(callId: string): PbxCall | undefined {
    return this.#calls.get(callId)
  }

  /** One line of Kamailio's log; lines that are no journal's are ignored. */
  read(line: string): void {
    const [, event, callId, details = ''] = JOURNAL_LINE.exec(line) ?? []
    if (event === undefined || callId === undefined) return
    if (event === 'invite') {
      const [from = '', number = ''] = details.split(' ')
      this.#calls.set(callId, {
        ...newCall(callId, from, number),
        heardPackets: null,
        sentPackets: null,
      })
    }
    const call = this.#calls.get(callId)
    if (!call || call.endedAt !== null) return
    if (event === 'cancel') call.cancelledAt = new Date().toISOString()
    if (event === 'reply') noteReply(call, Number(details))
    if (event === 'bye') end(call, details === 'udp' ? 'client' : 'operator')
  }
}

function noteReply(call: PbxCall, status: number): void {
  if (status === 180 || status === 183) call.ringingAt ??= new Date().toISOString()
  if (status < 200) return
  call.sipStatus = status
  if (status < 300) call.answeredAt ??= new Date().toISOString()
  else end(call, call.cancelledAt === null ? 'network' : 'operator')
}

function end(call: PbxCall, by: PbxCall['endedBy']): void {
  call.endedAt = new Date().toISOString()
  call.endedBy = by
}
