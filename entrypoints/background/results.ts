import type { AttemptDraft, SavedAttempt } from '../../lib/contracts/attempt.ts'
import { type CardRef, cardKey } from '../../lib/contracts/card.ts'
import type { SaveReply } from '../../lib/contracts/messages.ts'
import { destinationOf } from '../../lib/contracts/effect.ts'
import { answer } from '../../lib/extension/answer.ts'
import type { OutboxDatabase } from '../../lib/outbox/database.ts'
import { takenCallbacks } from '../../lib/outbox/ledger.ts'
import { saveResult } from '../../lib/outbox/save.ts'
import { decide } from '../../lib/outcomes/decide.ts'
import { planEffects } from '../../lib/outcomes/plan-effects.ts'
import { recordOf } from '../../lib/outcomes/record.ts'
import type { Desk } from './world.ts'

export function serveResults(): void {}
