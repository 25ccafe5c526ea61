/**
 * What stands behind each number that can be dialled at a SIP stand. Both stands, the embedded one
 * and Kamailio's, follow this plan, so a test moves from one to the other without a change.
 *
 * The last two digits of a number decide; any other ending is an unknown number (404):
 *
 * | ending | e.g.          | behaviour                                              |
 * | ------ | ------------- | ------------------------------------------------------ |
 * | 01     | +74951230001  | rings, nobody answers                                  |
 * | 02     | +79161230002  | answers after 1.5 s, speaks                            |
 * | 03     | +74951230003  | answers after 1.5 s, speaks                            |
 * | 04     | +74951230004  | answers at once, a 440 Hz tone                         |
 * | 05     | +74951230005  | answers at once, repeats what it hears                 |
 * | 06     | +74951230006  | answers at once, speaks, hangs up after 3 s            |
 * | 44     | +74951230044  | 404 at once: no such number                            |
 * | 60     | +74951230060  | 603 after 1 s: the client refuses the call             |
 * | 80     | +74951230080  | 480 after 1 s: unavailable                             |
 * | 86     | +74951230086  | 486 after 1 s: busy                                    |
 */

/** What a client's phone plays to the operator. `speech` is synthesised, with syllables and pauses. */
export type ClientAudio = 'tone' | 'echo' | 'speech'

export type NumberBehaviour =
  /** Rings until the caller cancels. */
  | { kind: 'no_answer' }
  /** Answers `afterMs` after ringing began; hangs up `hangUpAfterMs` after answering, if given. */
  | { kind: 'answer'; afterMs: number; audio: ClientAudio; hangUpAfterMs?: number }
  /** Refuses with a final SIP status, 400 … 699. */
  | { kind: 'status'; status: number; afterMs: number }

export const BEHAVIOUR_BY_ENDING: Readonly<Record<string, NumberBehaviour>> = {
  '01': { kind: 'no_answer' },
  '02': { kind: 'answer', afterMs: 1_500, audio: 'speech' },
  '03': { kind: 'answer', afterMs: 1_500, audio: 'speech' },
  '04': { kind: 'answer', afterMs: 0, audio: 'tone' },
  '05': { kind: 'answer', afterMs: 0, audio: 'echo' },
  '06': { kind: 'answer', afterMs: 0, audio: 'speech', hangUpAfterMs: 3_000 },
  '44': { kind: 'status', status: 404, afterMs: 0 },
  '60': { kind: 'status', status: 603, afterMs: 1_000 },
  '80': { kind: 'status', status: 480, afterMs: 1_000 },
  '86': { kind: 'status', status: 486, afterMs: 1_000 },
}

/** One number of each kind, as an operator dials it: E.164. */
export const NUMBERS = {
  noAnswer: '+74951230001',
  answers: '+79161230002',
  answersToo: '+74951230003',
  tone: '+74951230004',
  echo: '+74951230005',
  hangsUp: '+74951230006',
  refuses: '+74951230060',
  unavailable: '+74951230080',
  busy: '+74951230086',
  unknown: '+74951230044',
} as const

/** The behaviour of a dialled number; 404 for one that the plan doesn't know. */
export function behaviourOf(number: string): NumberBehaviour {
  return BEHAVIOUR_BY_ENDING[number.slice(-2)] ?? { kind: 'status', status: 404, afterMs: 0 }
}
