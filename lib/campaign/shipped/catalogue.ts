import type { z } from 'zod'
import type { OutcomeRule } from '../../contracts/campaign.ts'
import type { OutcomeId } from '../../contracts/outcome.ts'

type RuleInput = z.input<typeof OutcomeRule>

/** What an outcome says in one language: its title, its comment, and the texts of its variants. */
export interface OutcomeText {
  title: string
  text: string
  closing?: string
  variants?: Record<string, string>
}
export type OutcomeTexts = Record<OutcomeId, OutcomeText>

/** The same in every language: order of the deck, kind, variants, grade, approval (001-5 … 001-26). */
const FRAMES: readonly Omit<RuleInput, 'title' | 'comment'>[] = [
  { id: 'no_answer', type: 'chain' },
  { id: 'answering_machine', type: 'chain' },
  { id: 'secretary_refusal', type: 'chain', grade: 'hypothetical' },
  { id: 'talk_refused', type: 'chain', grade: 'hypothetical' },
  { id: 'dm_absent', type: 'chain', grade: 'hypothetical' },
  { id: 'connection_error', type: 'chain' },
  { id: 'line_busy', type: 'technical' },
  { id: 'call_back', type: 'intermediate' },
  {
    id: 'dm_refusal',
    type: 'final',
    variants: ['not_interested', 'not_relevant'],
    variantRequired: true,
    grade: 'not_interested',
  },
  { id: 'off_profile_dm', type: 'final', grade: 'wrong_target' },
  { id: 'off_profile_secretary', type: 'final', grade: 'wrong_target', needsApproval: true },
  {
    id: 'private_person',
    type: 'final',
    variants: ['former', 'home', 'unknown'],
    grade: 'wrong_target',
  },
  { id: 'other_company', type: 'final', grade: 'wrong_target' },
  { id: 'competitor', type: 'final', grade: 'wrong_target' },
  { id: 'already_client', type: 'final', variants: ['ours', 'other_supplier'], grade: 'client' },
  {
    id: 'email_sent_dm',
    type: 'final',
    variants: ['warm', 'hypothetical'],
    grade: 'warm',
    needsApproval: true,
  },
  { id: 'email_sent_secretary', type: 'final', grade: 'hypothetical', needsApproval: true },
  {
    id: 'email_required',
    type: 'final',
    variants: ['warm', 'hypothetical'],
    grade: 'warm',
    needsApproval: true,
  },
  { id: 'possible_interest', type: 'final', variants: ['warm', 'hypothetical'], grade: 'warm' },
  { id: 'awaiting_call', type: 'final', grade: 'hot' },
  { id: 'customer_number_given', type: 'final', grade: 'hot', needsApproval: true },
  { id: 'meeting_set', type: 'final', grade: 'hot', needsApproval: true },
  { id: 'call_transferred', type: 'final', grade: 'hot', needsApproval: true },
]

/** The whole catalogue of 23 outcomes, worded in one language. */
export function outcomeCatalogue(texts: OutcomeTexts): RuleInput[] {
  return FRAMES.map((frame) => {
    const { title, text, closing, variants } = texts[frame.id]
    return {
      ...frame,
      title,
      comment: { text, closing: closing ?? null, variants: variants ?? {} },
    }
  })
}
