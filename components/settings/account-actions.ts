import type {
  AccountState,
  PortalMoveOutcome,
  SignInProgress,
} from '../../lib/contracts/account.ts'
import type { Settings } from '../../lib/contracts/settings.ts'

/** What the options page asks for on the account's behalf. Refusals are values; nothing throws. */
export interface AccountActions {
  /** Asks the relay for a sign-in and opens Bitrix24's page in a tab. */
  begin(address: string): Promise<SignInProgress>
  /** Waits some seconds for the person; null = nobody answered, which says nothing. */
  wait(): Promise<SignInProgress | null>
  cancel(): Promise<void>
  signOut(): Promise<void>
  /** How it stands now; null = nobody answers. */
  read(): Promise<AccountState | null>
  /** Asks relay and portal anew. */
  check(): Promise<AccountState | null>
  agreeToMove(origin: string): Promise<PortalMoveOutcome>
  /** Works at the new address that was agreed to. */
  follow(): Promise<void>
  /** The settings as they are stored now. */
  settings(): Promise<Settings | null>
  /** Whether the browser lets us work at this portal. */
  hasAccess(origin: string): Promise<boolean>
}
