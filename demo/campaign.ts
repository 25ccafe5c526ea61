import { shippedCampaign } from '../lib/campaign/shipped/index.ts'
import type { Campaign } from '../lib/contracts/campaign.ts'

/** Short waits, so that nobody sits through a minute of ringing to see what comes after it. */
const WAIT_SECONDS = 8
const UNDO_SECONDS = 2

/** The sandbox portal's employee who takes over interested clients. */
const SALES_REP = {
  ru: { userId: 3, name: 'Игорь Лозовой' },
  uk: { userId: 3, name: 'Ігор Лозовий' },
}

/** The demo's campaign: the shipped one of that language, with less patience and a sales rep. */
export function demoCampaign(language: 'ru' | 'uk'): Campaign {
  const id = language === 'uk' ? 'b2b-cold-uk' : 'b2b-cold-ru'
  const shipped = shippedCampaign(id)
  if (!shipped) throw new Error(`no shipped campaign ${id}`)
  return {
    ...shipped,
    salesRep: SALES_REP[language],
    waitSeconds: WAIT_SECONDS,
    undoSeconds: UNDO_SECONDS,
  }
}
