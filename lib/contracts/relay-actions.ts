import { z } from 'zod'
import { CampaignRef, ScriptMark } from './campaign.ts'
import { CardRef } from './card.ts'
import { Instant } from './common.ts'
import { MessageDetail, MessageState } from './effect.ts'
import { Grade, ResultKind, StopList } from './outcome.ts'

/**
 * The action log (requirement 000-9): every action of operators and of the machine, from which the
 * customer's cabinet and the reports are drawn. Ids and codes only: whatever tells of a person
 * (number, address, written words) stands in `personal`, which can be blanked later while the
 * action itself stays as it is.
 */

/** An id or a code of a campaign or of a program; never text about a person. */
const Code = z.string().min(1).max(100).overwrite(storable)
const call = { callId: z.uuid(), direction: z.enum(['out', 'in']) }

/** What PostgreSQL can't keep in a text is taken out: half characters and NUL. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '')
}

/** Everything that can happen: a closed union. A kind that was released is never renamed. */
export const ActionEvent = z.discriminatedUnion('kind', [
  // The working day.
  z.strictObject({
    kind: z.literal('person.signed_in'),
    how: z.enum(['bitrix24', 'pairing', 'token']),
  }),
  z.strictObject({
    kind: z.literal('person.signed_out'),
    cause: z.enum(['person', 'revoked', 'expired']),
  }),
  z.strictObject({ kind: z.literal('shift.started') }),
  z.strictObject({ kind: z.literal('shift.ended') }),
  z.strictObject({ kind: z.literal('away.started') }),
  z.strictObject({ kind: z.literal('away.ended') }),
  z.strictObject({ kind: z.literal('settings.changed'), names: z.array(Code).max(50) }),

  // A card, and its calls.
  z.strictObject({ kind: z.literal('card.opened') }),
  z.strictObject({ kind: z.literal('call.started'), ...call }),
  z.strictObject({ kind: z.literal('call.ringing'), ...call }),
  z.strictObject({ kind: z.literal('call.answered'), ...call }),
  z.strictObject({
    kind: z.literal('call.ended'),
    ...call,
    /** Null = the softphone never learned it, its browser was killed. */
    endedBy: z.enum(['us', 'network', 'client']).nullable(),
    sipStatus: z.int().nullable(),
    startedAt: Instant,
    ringingAt: Instant.nullable(),
    answeredAt: Instant.nullable(),
    endedAt: Instant,
  }),
  /** A call that was wanted and not placed. */
  z.strictObject({ kind: z.literal('call.barred'), reason: Code }),
  z.strictObject({
    kind: z.literal('transfer.started'),
    callId: z.uuid(),
    transferId: z.uuid(),
    toPersonId: Code.nullable(),
  }),
  z.strictObject({
    kind: z.literal('transfer.ended'),
    callId: z.uuid(),
    transferId: z.uuid(),
    end: z.enum(['connected', 'refused', 'no_answer', 'cancelled', 'failed']),
  }),
  z.strictObject({ kind: z.literal('recording.consent'), callId: z.uuid(), isGiven: z.boolean() }),

  // The script as it was walked.
  z.strictObject({ kind: z.literal('script.step'), step: Code, answer: Code }),
  z.strictObject({ kind: z.literal('script.objection'), objection: Code, isHandled: z.boolean() }),
  /** Evidence that the operator added by hand. */
  z.strictObject({ kind: z.literal('script.mark_by_hand'), mark: ScriptMark }),

  // The result. Its comment is `personal.text`.
  z.strictObject({
    kind: z.literal('result.saved'),
    outcome: Code,
    cause: Code.nullable(),
    result: ResultKind,
    pass: z.int().positive(),
    attempt: z.int().positive().nullable(),
    grade: Grade.nullable(),
    stopList: StopList.nullable(),
    callbackAt: Instant.nullable(),
    nextContactAt: Instant.nullable(),
    meetingAt: Instant.nullable(),
  }),
  z.strictObject({ kind: z.literal('result.undone'), outcome: Code }),
  z.strictObject({ kind: z.literal('result.corrected'), from: Code, to: Code }),
  /** An attempt that no outcome could be given to. */
  z.strictObject({ kind: z.literal('attempt.closed'), reason: Code }),
  z.strictObject({ kind: z.literal('approval.asked'), approvalId: z.uuid(), outcome: Code }),
  z.strictObject({
    kind: z.literal('approval.answered'),
    approvalId: z.uuid(),
    outcome: Code,
    answer: z.enum(['granted', 'refused', 'timed_out']),
  }),

  // What goes out, and what must not.
  z.strictObject({
    kind: z.literal('message.sent'),
    effectId: Code,
    channel: z.enum(['sms', 'mail']),
    template: Code,
  }),
  /** What became of it later. */
  z.strictObject({
    kind: z.literal('message.state'),
    effectId: Code,
    channel: z.enum(['sms', 'mail']),
    state: MessageState,
    detail: MessageDetail.nullable(),
  }),
  z.strictObject({
    kind: z.literal('stop_list.hit'),
    channel: z.enum(['call', 'sms', 'mail']),
    scope: z.enum(['global', 'customer', 'campaign', 'card']),
  }),
  z.strictObject({ kind: z.literal('stop_list.added'), entryId: Code }),
  z.strictObject({ kind: z.literal('stop_list.lifted'), entryId: Code }),

  /** Somebody took a copy of this log, chosen by these filters (their names, not their values). */
  z.strictObject({ kind: z.literal('log.exported'), filters: z.array(Code).max(20) }),
  /** This log itself: so many actions, from the first to the last, were given up undelivered. */
  z.strictObject({
    kind: z.literal('log.gap'),
    count: z.int().positive(),
    from: Instant,
    to: Instant,
  }),
])
export type ActionEvent = z.infer<typeof ActionEvent>
export type ActionKind = ActionEvent['kind']
export const ACTION_KINDS = ActionEvent.options.map(({ shape }) => shape.kind.value)
export const ActionKind = z.enum(ACTION_KINDS)

/** The part of an action that tells of a person; the relay can blank it, and nothing else. */
export const PersonalData = z.strictObject({
  /** As dialled or written to: E.164 or an internal number. */
  phone: z.string().max(40).overwrite(storable).nullable().default(null),
  email: z.string().max(254).overwrite(storable).nullable().default(null),
  /** What somebody wrote: a comment, a reason. */
  text: z.string().max(4000).overwrite(storable).nullable().default(null),
})
export type PersonalData = z.infer<typeof PersonalData>

const ActionInstant = Instant.refine((at) => Date.parse(at) > 0, 'not before 1970')

/** An action as its maker writes it down. Who he is, the token says. */
export const Action = z.strictObject({
  /** Made by the maker. A repeated one is the same action, and is kept once. */
  id: z.uuid().toLowerCase(),
  /** By the maker's clock. */
  at: ActionInstant,
  /** `machine` = it happened without anybody's doing: a time-out, a delivery. */
  by: z.enum(['person', 'machine']),
  campaign: CampaignRef.nullable(),
  card: CardRef.nullable(),
  attemptId: z.uuid().nullable(),
  event: ActionEvent,
  personal: PersonalData.nullable().default(null),
})
export type Action = z.infer<typeof Action>

export const MAX_ACTIONS_A_REQUEST = 500

/**
 * POST /v1/actions. Each action is judged by itself (`Action`), so that one that is not understood
 * doesn't hold up the others: hence `unknown` here.
 */
export const RelayActionsRequest = z.strictObject({
  /** The maker's clock at this moment: tells how wrong it is. */
  sentAt: ActionInstant,
  actions: z.array(z.unknown()).min(1).max(MAX_ACTIONS_A_REQUEST),
})
export type RelayActionsRequest = z.infer<typeof RelayActionsRequest>

/** Why an action is not kept; repeating it helps in no case. */
export const ActionRefusal = z.strictObject({
  /** Its place in the request, from 0. */
  index: z.int().nonnegative(),
  /** `invalid`: not an `Action`. `conflict`: its id is another action's. */
  code: z.enum(['invalid', 'conflict']),
  /** Where and what, for developers, without the value. */
  message: z.string(),
})
export type ActionRefusal = z.infer<typeof ActionRefusal>

/** Answer of POST /v1/actions: what is not refused is on the disk, now or since an earlier time. */
export const RelayActionsReceipt = z.strictObject({
  kept: z.int().nonnegative(),
  refused: z.array(ActionRefusal),
})
export type RelayActionsReceipt = z.infer<typeof RelayActionsReceipt>

/** An action as the log tells it. */
export const LoggedAction = z.strictObject({
  ...Action.shape,
  /** Null fields were blanked, or may not be seen by this reader. */
  personal: PersonalData.nullable(),
  /** By the relay's clock. */
  receivedAt: Instant,
  /** How much the maker's clock was behind the relay's when it was sent, milliseconds. */
  clockBehindMs: z.int(),
  person: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
})
export type LoggedAction = z.infer<typeof LoggedAction>

/**
 * Query of GET /v1/actions. `newest` reads back from now by the makers' time; `received` follows
 * the log in the order in which it became readable: whoever goes on from the last cursor misses
 * nothing and gets nothing twice.
 */
export const ActionsQuery = z.strictObject({
  order: z.enum(['newest', 'received']).default('newest'),
  person: z.uuid().optional(),
  campaign: Code.optional(),
  /** `https://portal|lead|12`, see `cardKey`. */
  card: z.string().max(300).optional(),
  attempt: z.uuid().optional(),
  /** One, or several with commas between. */
  kind: z
    .string()
    .max(1000)
    .transform((text) => text.split(','))
    .pipe(z.array(ActionKind).max(ACTION_KINDS.length))
    .optional(),
  /** By the makers' time: from this instant on, and before that one. */
  from: ActionInstant.optional(),
  to: ActionInstant.optional(),
  /** `next` of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type ActionsQuery = z.infer<typeof ActionsQuery>

export const RelayActions = z.strictObject({
  actions: z.array(LoggedAction),
  /** Where to go on; null = nothing more (`newest`). With `received` it is always told. */
  next: z.string().nullable(),
})
export type RelayActions = z.infer<typeof RelayActions>
