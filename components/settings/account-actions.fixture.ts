import type { SignInProgress } from '../../lib/contracts/account.ts'
import type { AccountActions } from './account-actions.ts'

/** Nobody is signed in and nothing goes wrong, unless `changes` say otherwise. */
export function accountActions(changes: Partial<AccountActions> = {}): AccountActions {
  return {
    begin: async () => ({ state: 'failed', why: 'away' }),
    wait: async () => ({ state: 'none' }),
    cancel: async () => {},
    signOut: async () => {},
    read: async () => ({ trouble: null, movedTo: null }),
    check: async () => ({ trouble: null, movedTo: null }),
    agreeToMove: async () => 'moved',
    follow: async () => {},
    settings: async () => null,
    hasAccess: async () => true,
    ...changes,
  }
}

export const WAITING: SignInProgress = {
  state: 'waiting',
  expiresAt: '2026-03-04T10:10:00.000Z',
  isAway: false,
}
