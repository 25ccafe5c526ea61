import { shippedCampaign } from '../../lib/campaign/shipped/index.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'

/** The sandbox portal's employee who takes over interested clients. */
const SALES_REP = {
  ru: { userId: 3, name: 'Игорь Лозовой' },
  uk: { userId: 3, name: 'Ігор Лозовий' },
}

/** The shipped campaign of that language with a sales rep and less patience: nobody sits through a minute of ringing. */
export function quickCampaign(
  language: 'ru' | 'uk',
  { waitSeconds, undoSeconds }: Pick<Campaign, 'waitSeconds' | 'undoSeconds'>,
): Campaign {
  const id = language === 'uk' ? 'b2b-cold-uk' : 'b2b-cold-ru'
  const shipped = shippedCampaign(id)
  if (!shipped) throw new Error(`no shipped campaign ${id}`)
  return { ...shipped, salesRep: SALES_REP[language], waitSeconds, undoSeconds }
}
