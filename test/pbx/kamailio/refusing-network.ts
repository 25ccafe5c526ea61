import { randomBytes } from 'node:crypto'
import { createSocket, type RemoteInfo } from 'node:dgram'
import { behaviourOf } from '../number-plan.ts'
import { userOf } from '../sip/address.ts'
import { header, parseSip, type SipRequest } from '../sip/message.ts'
import { formatReply } from '../sip/reply.ts'
import { LOOPBACK } from './ports.ts'

export type RefusingNetwork = { stop(): Promise<void> }

type Ringing = { invite: SipRequest; from: RemoteInfo; toTag: string; timer?: NodeJS.Timeout }

/**
 * The telephone network behind numbers that nobody answers or that are refused, over UDP: rings,
 * then does what the number plan says. Numbers that are answered are baresip's.
 */
export async function startRefusingNetwork(port: number): Promise<RefusingNetwork> {
  const ringing = new Map<string, Ringing>()
  const socket = createSocket('udp4')
  const send = (text: string, to: RemoteInfo) => socket.send(text, to.port, to.address)

  const finish = (callId: string, status: number) => {
    const call = ringing.get(callId)
    if (!call) return
    clearTimeout(call.timer)
    ringing.delete(callId)
    send(formatReply(call.invite, status, { toTag: call.toTag }), call.from)
  }

  const invite = (request: SipRequest, from: RemoteInfo, callId: string) => {
    if (ringing.has(callId)) return
    const call: Ringing = { invite: request, from, toTag: randomBytes(8).toString('hex') }
    ringing.set(callId, call)
    const headers = [['Contact', `<sip:network@${LOOPBACK}:${port}>`] as const]
    send(formatReply(request, 180, { toTag: call.toTag, headers }), from)
    const behaviour = behaviourOf(userOf(request.uri) ?? '')
    if (behaviour.kind === 'status') {
      call.timer = setTimeout(() => finish(callId, behaviour.status), behaviour.afterMs)
    }
  }

  socket.on('message', (data, from) => {
    const parsed = parseSip(data.toString())
    if (!parsed.ok || parsed.value.kind !== 'request') return
    const request = parsed.value
    const callId = header(request, 'call-id') ?? ''
    if (request.method === 'INVITE') invite(request, from, callId)
    else if (request.method !== 'ACK') send(formatReply(request, 200), from)
    if (request.method === 'CANCEL') finish(callId, 487)
  })
  await new Promise<void>((resolve) => socket.bind(port, LOOPBACK, resolve))
  return {
    stop: async () => {
      for (const { timer } of ringing.values()) clearTimeout(timer)
      await new Promise<void>((resolve) => socket.close(resolve))
    },
  }
}
