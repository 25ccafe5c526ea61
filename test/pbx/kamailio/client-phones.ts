import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { rms } from '../audio/level-meter.ts'
import { SAMPLE_RATE, type Signal, speech, tone } from '../audio/signals.ts'
import { formatWav, parseWavSamples } from '../audio/wav.ts'
import { LOOPBACK, waitForTcp } from './ports.ts'
import { type StandProcess, startProcess } from './process.ts'

/** baresip hangs up when its file ends, so it is longer than any test call. */
const SIGNAL_SECONDS = 300

export type PhoneEvent =
  | { kind: 'ringing'; callId: string }
  | { kind: 'answered'; callId: string }
  | { kind: 'digit'; callId: string; digit: string }

/** Clients that answer: baresip, with one account for each kind of audio. */
export type ClientPhones = {
  /** Answers the call that rings. */
  answer(): void
  /** Hangs up the call that is up. */
  hangUp(): void
  /** What was heard in a call, RMS 0 … 1: of all, and of the last second recorded. */
  heard(callId: string): { overall: number; now: number }
  stop(): Promise<void>
}

type Ports = { sip: number; control: number }

const config = (runDir: string, { sip, control }: Ports) => `sip_listen ${LOOPBACK}:${sip}
net_interface ${LOOPBACK}
audio_alert aufile,/dev/null
call_local_timeout 300
call_max_calls 10
rtp_ports 41000-41999
rtp_timeout 0
module_path /usr/lib/baresip/modules
module g711.so
module aufile.so
module aubridge.so
module uuid.so
module sndfile.so
snd_path ${recordings(runDir)}
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen ${LOOPBACK}:${control}
`

/** An aubridge player of the same name as the source plays back what it gets; else it is a sink. */
const accounts = (runDir: string) =>
  [
    ['speech', `aufile,${join(runDir, 'speech.wav')}`],
    ['tone', `aufile,${join(runDir, 'tone.wav')}`],
    ['echo', 'aubridge,echo'],
  ]
    .map(
      ([user, source]) =>
        `<sip:${user}@${LOOPBACK};transport=udp>;regint=0;answermode=manual;audio_codecs=PCMU;audio_source=${source};audio_player=aubridge,${user}\n`,
    )
    .join('')

export async function startClientPhones(
  runDir: string,
  ports: Ports,
  onEvent: (event: PhoneEvent) => void,
): Promise<ClientPhones> {
  await mkdir(recordings(runDir), { recursive: true })
  await writeFile(join(runDir, 'config'), config(runDir, ports))
  await writeFile(join(runDir, 'accounts'), accounts(runDir))
  await writeFile(join(runDir, 'speech.wav'), wavOf(speech))
  await writeFile(join(runDir, 'tone.wav'), wavOf(tone))
  const baresip: StandProcess = startProcess({
    program: 'baresip',
    args: ['-f', runDir],
    logFile: join(runDir, 'baresip.log'),
  })
  await Promise.race([waitForTcp(ports.control), baresip.died])
  const control = connect(ports.control, LOOPBACK)
  const recordingOf = new Map<string, string>()
  readEvents(control, (event) => {
    const newest = readdirSync(recordings(runDir)).filter(isHeardSide).sort().at(-1)
    if (event.kind === 'answered' && newest !== undefined) {
      recordingOf.set(event.callId, join(recordings(runDir), newest))
    }
    onEvent(event)
  })

  return {
    answer: () => sendCommand(control, 'accept'),
    hangUp: () => sendCommand(control, 'hangup'),
    heard: (callId) => {
      const file = recordingOf.get(callId)
      const samples = file === undefined ? new Int16Array() : parseWavSamples(readFileSync(file))
      return { overall: rms(samples), now: rms(samples.slice(-SAMPLE_RATE)) }
    },
    stop: async () => {
      control.destroy()
      await baresip.stop()
    },
  }
}

function recordings(runDir: string): string {
  return join(runDir, 'recordings')
}

/** baresip records both sides; `dec` is what it decoded, that is, heard. */
function isHeardSide(file: string): boolean {
  return file.endsWith('-dec.wav')
}

function wavOf(signal: Signal): Buffer {
  const samples = Int16Array.from({ length: SIGNAL_SECONDS * SAMPLE_RATE }, (_, index) =>
    Math.round(signal(index) * 32_767),
  )
  return formatWav(samples, SAMPLE_RATE)
}

/** ctrl_tcp speaks JSON in netstrings: `12:{"event":1},`. */
function sendCommand(control: Socket, command: string): void {
  const text = JSON.stringify({ command })
  control.write(`${Buffer.byteLength(text)}:${text},`)
}

function readEvents(control: Socket, onEvent: (event: PhoneEvent) => void): void {
  let pending = Buffer.alloc(0)
  control.on('error', () => {})
  control.on('data', (data) => {
    pending = Buffer.concat([pending, data])
    for (;;) {
      const colon = pending.indexOf(':')
      const end = colon + 1 + Number(pending.subarray(0, Math.max(colon, 0)).toString())
      if (colon < 0 || pending.length <= end) return
      const event = eventOf(pending.subarray(colon + 1, end).toString())
      pending = pending.subarray(end + 1)
      if (event) onEvent(event)
    }
  })
}

function eventOf(json: string): PhoneEvent | null {
  const { type, id: callId, param } = JSON.parse(json) as Record<string, string | undefined>
  if (callId === undefined) return null
  if (type === 'CALL_INCOMING') return { kind: 'ringing', callId }
  if (type === 'CALL_ESTABLISHED') return { kind: 'answered', callId }
  if (type === 'CALL_DTMF_START' && param) return { kind: 'digit', callId, digit: param }
  return null
}
