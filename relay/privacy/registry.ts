import { actionPrivacy } from '../actions/privacy.ts'
import { messagePrivacy } from '../messages/privacy.ts'
import { stopListPrivacy } from '../stop-list/privacy.ts'
import { tokenPrivacy } from '../tokens/privacy.ts'
import { roomRules } from './room-rules.ts'
import type { PrivacyRule } from './rule.ts'

/** Every table of the relay, room by room. */
export const privacyRules: readonly PrivacyRule[] = [
  ...actionPrivacy,
  ...messagePrivacy,
  ...tokenPrivacy,
  ...roomRules,
  ...stopListPrivacy,
  { table: 'signing_key', erase: {}, plain: ['name', 'key'], retention: null },
  {
    table: 'privacy_record',
    erase: {},
    staff: ['who'],
    plain: ['action', 'counts'],
    retention: null,
  },
]
