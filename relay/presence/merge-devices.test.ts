import { describe, expect, it } from 'vitest'
import type { PresenceState } from '../../lib/contracts/relay-presence.ts'
import { mergeDevices } from './merge-devices.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 2, 5, 9, minute))

describe('a person with several devices', () => {
  it.each<[string, [PresenceState, number][], [PresenceState, number]]>([
    ['one device is believed', [['free', 1]], ['free', 1]],
    [
      'a call on one wins over «free» on another',
      [
        ['in_call', 1],
        ['free', 9],
      ],
      ['in_call', 1],
    ],
    [
      'a call wins over ringing, ringing over after-call work',
      [
        ['after_call', 1],
        ['ringing', 2],
        ['in_call', 3],
      ],
      ['in_call', 3],
    ],
    [
      'ringing wins over after-call work',
      [
        ['after_call', 1],
        ['ringing', 2],
      ],
      ['ringing', 2],
    ],
    [
      'a call wins over «away» said later',
      [
        ['in_call', 1],
        ['away', 9],
      ],
      ['in_call', 1],
    ],
    [
      'of free and away, what was said last',
      [
        ['free', 1],
        ['away', 2],
      ],
      ['away', 2],
    ],
    [
      'and the other way round',
      [
        ['away', 1],
        ['free', 2],
      ],
      ['free', 2],
    ],
    [
      'two in a call: since the first',
      [
        ['in_call', 7],
        ['in_call', 3],
      ],
      ['in_call', 3],
    ],
  ])('%s', (_, devices, [state, minute]) => {
    const told = devices.map(([each, since]) => ({ state: each, since: at(since) }))
    expect(mergeDevices(told)).toEqual({ state, since: at(minute) })
    expect(mergeDevices(told.toReversed())).toEqual({ state, since: at(minute) })
  })

  it('nobody without a device', () => expect(mergeDevices([])).toBeNull())
})
