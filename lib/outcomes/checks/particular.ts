import { isSameCity } from '../../campaign/city.ts'
import type { Check } from '../violation.ts'

/** Conditions that a single outcome has and no other. */
export const checkParticular: Check = ({ campaign, situation, rule, evidence }, report) => {
  switch (rule.id) {
    case 'other_company':
      if (evidence.cardCorrected) report('card_correctable', 'evidence.cardCorrected')
      return
    case 'awaiting_call':
      if (!evidence.confirmedAloud) report('confirmation_required', 'evidence.confirmedAloud')
      return
    case 'meeting_set':
      if (!isSameCity(campaign.customer.city, situation.lead.city ?? '', campaign.cityAliases)) {
        report('city_mismatch', 'lead.city')
      }
      if (!evidence.preliminaryCallAgreed) {
        report('preliminary_call_required', 'evidence.preliminaryCallAgreed')
      }
      return
    case 'call_transferred':
      if (!campaign.transferStep) report('transfer_step_missing', 'outcome')
      if (!evidence.transferConnected) {
        report('transfer_not_connected', 'evidence.transferConnected')
      }
      return
    default:
      return
  }
}
