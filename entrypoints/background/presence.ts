import { browser } from 'wxt/browser'
import type { Instant } from '../../lib/contracts/common.ts'
import type { PresenceState, RelayPresenceReport } from '../../lib/contracts/relay-presence.ts'
import type { RelayClient } from '../../lib/extension/relay-client.ts'
import type { ActionLog } from './action-log.ts'
import { unsavedDraft } from './view.ts'
import type { Desk, World } from './world.ts'

/** Which browser profile this is: a person may be at work in several. */
const DEVICE = 'deviceId'
/** What was told last; kept over the worker's sleep, gone with the browser. */
const TOLD = 'presence'

type Told = Omit<RelayPresenceReport, 'deviceId'>

/**
 * Tells the relay what the operator is doing: at every change, and again by alarm, as what is not
 * repeated expires. The phone's registration is the shift: who can't be called is not at work.
 */
export function servePresence(
  desk: Desk,
  ready: Promise<void>,
  relay: () => RelayClient | null,
  log: ActionLog,
): void {
  let turn: Promise<void> = Promise.resolve()
  let lastSeen = ''

  /** One after the other, so that an older state never overtakes a newer one. */
  function tell(isBeat: boolean): void {
    turn = turn
      .then(() => ready)
      .then(() => tellNow(isBeat))
      .catch((error: unknown) => console.error('presence not told', error))
  }

  async function tellNow(isBeat: boolean): Promise<void> {
    const client = relay()
    if (!client) return
    const told = await lastTold()
    const next = nextTold(told, desk.world, new Date().toISOString())
    const isNew = next.state !== (told?.state ?? null) || next.callId !== (told?.callId ?? null)
    if (!isNew && (!isBeat || next.state === null)) return
    if (isNew) {
      await browser.storage.session.set({ [TOLD]: next })
      noteShift(told?.state ?? null, next.state)
    }
    await client.presence({ deviceId: await deviceId(), ...next })
  }

  function noteShift(before: PresenceState | null, after: PresenceState | null): void {
    if (before === null && after !== null) log.note({ kind: 'shift.started' })
    if (before !== null && after === null) log.note({ kind: 'shift.ended' })
  }

  desk.watch(() => {
    // The world changes with every key that is pressed; only a change of this is worth a turn.
    const seen = `${presenceOf(desk.world)}|${desk.world.softphone.call?.facts.callId}`
    if (seen === lastSeen) return
    lastSeen = seen
    tell(false)
  })
  browser.alarms.onAlarm.addListener(() => tell(true))
}

/** What the operator is doing, as far as the softphone and the attempt in hand show; null = off. */
export function presenceOf(world: Pick<World, 'softphone' | 'drafts'>): PresenceState | null {
  const { registration, call } = world.softphone
  if (call?.state === 'talking') return 'in_call'
  if (call?.state === 'dialling' || call?.state === 'ringing') return 'ringing'
  // A line that is lost for a moment is no end of the shift.
  if (registration === 'off' || registration === 'refused') return null
  return unsavedDraft(world) ? 'after_call' : 'free'
}

function nextTold(told: Told | null, world: World, now: Instant): Told {
  const state = presenceOf(world)
  const { call } = world.softphone
  const callId = call && call.state !== 'ended' ? call.facts.callId : null
  return { state, callId, since: told?.state === state ? told.since : now }
}

async function lastTold(): Promise<Told | null> {
  return ((await browser.storage.session.get(TOLD))[TOLD] as Told | undefined) ?? null
}

async function deviceId(): Promise<string> {
  const kept = (await browser.storage.local.get(DEVICE))[DEVICE]
  if (typeof kept === 'string') return kept
  const made = crypto.randomUUID()
  await browser.storage.local.set({ [DEVICE]: made })
  return made
}
