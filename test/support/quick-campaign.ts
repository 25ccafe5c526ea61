import { shippedCampaign } from '../../lib/campaign/shipped/index.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'

/** The shipped campaign of that language with less patience: nobody sits through a minute of ringing. */
export function quickCampaign(
  language: 'ru' | 'uk',
  { waitSeconds, undoSeconds }: Pick<Campaign, 'waitSeconds' | 'undoSeconds'>,
): Campaign {
  const id = language === 'uk' ? 'b2b-cold-uk' : 'b2b-cold-ru'
  const shipped = shippedCampaign(id)
  if (!shipped) throw new Error(`no shipped campaign ${id}`)
  return { ...shipped, waitSeconds, undoSeconds }
}
