import type { DraftInput } from '../../lib/contracts/attempt.ts'
import type { CardRef } from '../../lib/contracts/card.ts'
import type { Reply, SaveReply } from '../../lib/contracts/messages.ts'
import type { PanelLayout } from '../../lib/contracts/settings.ts'

/** Everything the panel can ask for. Refusals are values; nothing here throws. */
export interface PanelActions {
  /** `number` as it stands in the card. */
  call(card: CardRef, number: string): Promise<Reply>
  hangUp(): Promise<Reply>
  mute(on: boolean): Promise<Reply>
  hold(on: boolean): Promise<Reply>
  sendDigits(digits: string): Promise<Reply>
  changeDraft(card: CardRef, input: DraftInput, revision: number): Promise<Reply>
  save(card: CardRef, attemptId: string): Promise<SaveReply>
  /** Ends an attempt to which no outcome can be given any more. */
  closeDraft(card: CardRef, attemptId: string): Promise<Reply>
  retry(effectId: string): Promise<Reply>
  reload(card: CardRef): Promise<Reply>
  /** The card is called in this campaign from now on. */
  chooseCampaign(card: CardRef, campaign: string): Promise<Reply>
  changeLayout(layout: PanelLayout): Promise<Reply>
  requestMicrophone(): Promise<Reply>
  openOptions(): Promise<Reply>
  /** Is the account let in again? */
  checkAccount(): Promise<Reply<unknown>>
}
