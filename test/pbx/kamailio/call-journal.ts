import { newCall, type PbxCall } from '../journal.ts'
import { JOURNAL_LINE } from './kamailio-config.ts'

/** Writes the journal from what Kamailio logs about each call. */
export class CallJournal {
  readonly #calls = new Map<string, PbxCall>()
  readonly #awaited = new Map<string, (call: PbxCall) => void>()

  get calls(): PbxCall[] {
    return [...this.#calls.values()]
  }

  /** Resolves with the entry of a call; the phone may tell of it before the log does. */
  seen(callId: string): Promise<PbxCall> {
    const call = this.#calls.get(callId)
    if (call) return Promise.resolve(call)
    return new Promise((resolve) => this.#awaited.set(callId, resolve))
  }

  /** One line of Kamailio's log; lines that are no journal's are ignored. */
  read(line: string): void {
    const [, event, callId, details = ''] = JOURNAL_LINE.exec(line) ?? []
    if (event === undefined || callId === undefined) return
    if (event === 'invite') this.#begin(callId, details)
    const call = this.#calls.get(callId)
    if (!call || call.endedAt !== null) return
    if (event === 'cancel') call.cancelledAt = new Date().toISOString()
    if (event === 'reply') noteReply(call, Number(details))
    if (event === 'bye') end(call, details === 'udp' ? 'client' : 'operator')
  }

  #begin(callId: string, details: string): void {
    const [from = '', number = ''] = details.split(' ')
    const call = { ...newCall(callId, from, number), heardPackets: null, sentPackets: null }
    this.#calls.set(callId, call)
    this.#awaited.get(callId)?.(call)
    this.#awaited.delete(callId)
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
