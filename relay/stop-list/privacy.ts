import type { PrivacyRule } from '../privacy/rule.ts'

const PROTECTS =
  'without it the person would be called again: the bare subject is what protects him'

export const stopListPrivacy: readonly PrivacyRule[] = [
  {
    table: 'stop_entry',
    erase: { words: `''` },
    kept: { subject_value: PROTECTS },
    staff: ['entered_by', 'entered_by_id'],
    plain: ['subject_kind', 'scope_kind', 'scope_id', 'channel', 'term_kind', 'source'],
    // An entry holds as long as its term says; who was barred is proof of having obeyed.
    retention: null,
  },
  {
    table: 'stop_decision',
    erase: { reason: `''` },
    staff: ['by_id', 'by_name'],
    plain: ['decision'],
    retention: null,
  },
  {
    table: 'consent',
    erase: { words: `''`, subject_value: `''` },
    staff: ['entered_by', 'entered_by_id'],
    plain: ['subject_kind', 'scope_kind', 'scope_id', 'channel', 'basis'],
    // The basis must be shown as long as somebody is contacted on it.
    retention: null,
  },
  {
    table: 'consent_withdrawal',
    erase: { words: `''` },
    staff: ['by_id', 'by_name'],
    plain: [],
    retention: null,
  },
]
