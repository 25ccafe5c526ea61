import type { Campaign } from '../contracts/campaign.ts'

const vagueReasons = new WeakMap<readonly string[], Set<string>>()

/** A reason as it stands in the comment; empty when nothing but dots and blanks was typed. */
export function reasonText(reason: string): string {
  return bare(reason) === '' ? '' : reason.trim()
}

/** Whether a reason, standing alone, tells the next operator nothing (002-7, 002-8). */
export function isVague(campaign: Campaign, reason: string): boolean {
  let vague = vagueReasons.get(campaign.vagueReasons)
  if (vague === undefined) {
    vague = new Set(campaign.vagueReasons.map(bare))
    vagueReasons.set(campaign.vagueReasons, vague)
  }
  return vague.has(bare(reason))
}

/** Case aside, blanks at the ends cut, runs of blanks as one, closing dots and marks cut. */
function bare(reason: string): string {
  return reason
    .toLowerCase()
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[ .!]+$/, '')
}
