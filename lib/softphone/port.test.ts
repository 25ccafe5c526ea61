import { beforeEach, expect, test } from 'vitest'
import type { SoftphonePortMessage } from '../contracts/messages.ts'
import { OFF } from '../contracts/softphone.ts'
import { connectPort } from './port.ts'

const GREETING: SoftphonePortMessage = { type: 'softphone.changed', snapshot: OFF }
const LEVELS: SoftphonePortMessage = {
  type: 'softphone.levels',
  levels: { microphone: 0, speaker: 0 },
}

let ports: { sent: SoftphonePortMessage[]; die: () => void }[]
let clock: number
let timers: { run: () => void; at: number }[]
let isInCall: boolean
let port: ReturnType<typeof connectPort>

function pass(seconds: number): void {
  clock += seconds * 1000
  const due = timers.filter(({ at }) => at <= clock)
  timers = timers.filter(({ at }) => at > clock)
  for (const { run } of due) run()
}

beforeEach(() => {
  ports = []
  clock = 0
  timers = []
  isInCall = false
  port = connectPort({
    connect: () => {
      const opened = { sent: [] as SoftphonePortMessage[], die: () => {} }
      ports.push(opened)
      return {
        postMessage: (message) => opened.sent.push(message),
        onDisconnect: {
          addListener: (listener) => {
            opened.die = listener
          },
        },
      }
    },
    startTimer: (run, delayMs) => {
      const timer = { run, at: clock + delayMs }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    greeting: () => GREETING,
    isBusy: () => isInCall,
  })
})

test('a new connection begins with the whole state', () => {
  expect(ports[0]?.sent).toEqual([GREETING])
  port.send(LEVELS)
  expect(ports[0]?.sent).toEqual([GREETING, LEVELS])
})

test('when the worker is stopped the port is opened again at once, with the whole state', () => {
  pass(30)
  ports[0]?.die()
  expect(ports).toHaveLength(2)
  expect(ports[1]?.sent).toEqual([GREETING])
})

test('a background that hangs up at once is called again only after a pause', () => {
  ports[0]?.die()
  expect(ports).toHaveLength(1)
  pass(1)
  expect(ports).toHaveLength(2)
})

test('a heartbeat keeps the worker awake in a call, and lets it sleep without one', () => {
  pass(20)
  expect(ports[0]?.sent).toHaveLength(1)
  isInCall = true
  pass(20)
  pass(20)
  expect(ports[0]?.sent).toHaveLength(3)
})
