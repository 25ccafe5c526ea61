import type { Reply, SoftphonePortMessage } from '../contracts/messages.ts'
import {
  type DialRequest,
  type Microphone,
  OFF,
  type SipAccount,
  type SoftphoneSnapshot,
} from '../contracts/softphone.ts'
import {
  beginCall,
  type CallEffect,
  type CallEvent,
  type CallMachine,
  isUp,
  type Step,
  step,
} from './call-machine.ts'
import type { CreateSipEngine, SipCall, StartTimer } from './engine.ts'
import { createLine } from './line.ts'
import type { MicrophoneAccess } from './microphone.ts'
import type { Ringback } from './ringback.ts'

const LEVELS_INTERVAL_MS = 200
const DONE: Reply = { ok: true, value: null }
const NO_CALL: Reply = { ok: false, reason: 'gone' }

export interface SoftphoneParts {
  createEngine: CreateSipEngine
  microphone: MicrophoneAccess
  ringback: Ringback
  /** Epoch milliseconds. */
  now: () => number
  startTimer: StartTimer
  publish: (message: SoftphonePortMessage) => void
}

export type Softphone = ReturnType<typeof createSoftphone>

/**
 * The softphone of this browser: one account, one call at a time. It only obeys and tells; which
 * card a call belongs to and what its end means is decided by the background.
 */
export function createSoftphone(parts: SoftphoneParts) {
  const { now, startTimer, publish } = parts
  let snapshot: SoftphoneSnapshot = OFF
  let machine: CallMachine | null = null
  let call: SipCall | null = null
  /** Between the command and the INVITE; `unwanted` when the operator thought better of it. */
  let dialling: 'no' | 'yes' | 'unwanted' = 'no'
  /** An account that came during a call; taken when it is over. */
  let nextAccount: { account: SipAccount | null } | null = null
  let cancelWake = () => {}
  let cancelLevels = () => {}

  const line = createLine({
    createEngine: parts.createEngine,
    startTimer,
    changed: (registration, detail) => change({ registration, detail }),
  })
  parts.microphone.watch(() => void refreshMicrophone())
  void refreshMicrophone()

  function change(part: Partial<SoftphoneSnapshot>): void {
    const next = { ...snapshot, ...part }
    if (JSON.stringify(next) === JSON.stringify(snapshot)) return
    snapshot = next
    publish({ type: 'softphone.changed', snapshot })
  }

  function takeNextAccount(): void {
    if (!nextAccount || isUp(machine) || dialling !== 'no') return
    line.use(nextAccount.account)
    nextAccount = null
  }

  async function refreshMicrophone(hint: Microphone = 'unknown'): Promise<void> {
    const state = await parts.microphone.state()
    if (snapshot.microphone === 'lost') await replaceMicrophone()
    else change({ microphone: state === 'unknown' ? hint : state })
  }

  /** The microphone was pulled out in the call; another, or the same again, may be there now. */
  async function replaceMicrophone(): Promise<void> {
    const opened = await parts.microphone.open()
    if (!opened.ok || !call) return
    await call.replaceMicrophone(opened.stream)
    watchTracks(opened.stream)
    change({ microphone: 'granted' })
  }

  function watchTracks(stream: MediaStream): void {
    for (const track of stream.getAudioTracks()) {
      // Our own stop() does not fire it. The talk goes on: the operator still hears the client.
      track.addEventListener('ended', () => {
        if (!isUp(machine)) return
        change({ microphone: 'lost' })
        void replaceMicrophone()
      })
    }
  }

  async function placeCall(request: DialRequest): Promise<Reply> {
    const engine = await line.registered()
    if (!engine) return { ok: false, reason: 'not_registered' }
    const opened = await parts.microphone.open()
    change({ microphone: opened.ok ? 'granted' : opened.state })
    if (!opened.ok) return { ok: false, reason: 'microphone', detail: opened.state }
    if (dialling === 'unwanted') {
      for (const track of opened.stream.getTracks()) track.stop()
      return NO_CALL
    }
    watchTracks(opened.stream)
    take(beginCall(request, now()))
    call = engine.dial(request.number, opened.stream, (event) => {
      // A call that has ended may still speak; the next one must not hear it.
      if (machine?.call.facts.callId === request.callId) tell({ ...event, at: now() })
    })
    return DONE
  }

  function tell(event: CallEvent): void {
    if (machine) take(step(machine, event))
  }

  function take({ state, effects }: Step): void {
    const wasTalking = machine?.call.state === 'talking'
    machine = state
    for (const effect of effects) carryOut(effect)
    if (state.call.state === 'talking' && !wasTalking) tellLevels()
    change({ call: state.call })
    if (state.call.state === 'ended') tidyUp()
  }

  function carryOut(effect: CallEffect): void {
    switch (effect.type) {
      case 'cancel':
      case 'bye':
        call?.hangUp()
        break
      case 'ringback':
        if (effect.on) parts.ringback.start()
        else parts.ringback.stop()
        break
      case 'wake':
        cancelWake()
        cancelWake = effect.at === null ? () => {} : wakeAt(effect.at)
    }
  }

  function wakeAt(at: number): () => void {
    return startTimer(() => tell({ type: 'clock', at: now() }), at - now())
  }

  function tidyUp(): void {
    cancelLevels()
    if (snapshot.microphone === 'lost') change({ microphone: 'unknown' })
    void refreshMicrophone()
    takeNextAccount()
  }

  function tellLevels(): void {
    cancelLevels = startTimer(async () => {
      const levels = await call?.levels()
      if (!levels || machine?.call.state !== 'talking') return
      publish({ type: 'softphone.levels', levels })
      tellLevels()
    }, LEVELS_INTERVAL_MS)
  }

  return {
    /** Registers with this account, null = none; during a call when the call is over. */
    configure(account: SipAccount | null): Reply {
      nextAccount = { account }
      takeNextAccount()
      return DONE
    },

    /** Refused as busy, not_configured, not_registered, microphone (`detail`: its state) or gone. */
    async dial(request: DialRequest): Promise<Reply> {
      if (isUp(machine) || dialling !== 'no') return { ok: false, reason: 'busy' }
      if (!line.isConfigured()) return { ok: false, reason: 'not_configured' }
      dialling = 'yes'
      try {
        return await placeCall(request)
      } finally {
        dialling = 'no'
        takeNextAccount()
      }
    },

    hangUp(): Reply {
      if (dialling === 'yes') dialling = 'unwanted'
      else if (isUp(machine)) tell({ type: 'hang_up', at: now() })
      else return NO_CALL
      return DONE
    },

    mute(on: boolean): Reply {
      if (!isUp(machine) || !call) return NO_CALL
      call.mute(on)
      tell({ type: 'muted', on, at: now() })
      return DONE
    },

    /** Answers when the other side has agreed; only then the snapshot says so. */
    async hold(on: boolean): Promise<Reply> {
      const held = call
      if (machine?.call.state !== 'talking' || !held) return NO_CALL
      if (!(await held.hold(on))) return { ok: false, reason: 'internal', detail: 'hold refused' }
      if (held === call) tell({ type: 'held', on, at: now() })
      return DONE
    },

    sendDigits(digits: string): Reply {
      if (machine?.call.state !== 'talking' || !call) return NO_CALL
      const isSent = call.sendDigits(digits)
      return isSent ? DONE : { ok: false, reason: 'internal', detail: 'no channel for digits' }
    },

    /** The microphone page tells what it saw; the browser's own word counts more. */
    async microphoneChanged(state: Microphone): Promise<Reply> {
      await refreshMicrophone(state)
      return DONE
    },

    snapshot: (): SoftphoneSnapshot => snapshot,
    isInCall: (): boolean => isUp(machine),

    /** The page goes away: takes leave of the other side as far as there is time. */
    close(): void {
      if (isUp(machine)) tell({ type: 'hang_up', at: now() })
      line.close()
    },
  }
}
