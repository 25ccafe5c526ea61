import type { Inquiry } from '../inquiry.ts'
import { NEEDS, type Needs } from '../needs.ts'
import type { Check, Report } from '../violation.ts'

/** Whether phone and script prove what the outcome says (001-7 … 001-23). */
export const checkEvidence: Check = (inquiry, report) => {
  if (inquiry.subject === null) return
  const needs = NEEDS[inquiry.subject]
  checkWaiting(inquiry, report)
  if (!spokeWithRightPerson(inquiry, needs)) report('spoke_with_required', 'evidence.spokeWith')
  if (needs.presentation && !inquiry.evidence.presentation) {
    report('presentation_required', 'evidence.presentation')
  }
  if (!handledObjections(inquiry, needs)) {
    report('objections_required', 'evidence.objectionsHandled')
  }
}

/** Sixty seconds of patience, unless the other end cut them short (001-7, 001-8). */
function checkWaiting({ subject, campaign, evidence }: Inquiry, report: Report): void {
  const { rangSeconds, callSeconds, endedBy, spokeWith } = evidence
  const waitedFor = (seconds: number) => endedBy !== 'us' || seconds >= campaign.waitSeconds
  if (subject === 'no_answer') {
    if (spokeWith !== 'nobody' || callSeconds > 0) {
      report(
        'evidence_contradicts',
        callSeconds > 0 ? 'evidence.callSeconds' : 'evidence.spokeWith',
      )
    }
    if (!waitedFor(rangSeconds)) report('wait_too_short', 'evidence.rangSeconds')
  }
  if (subject === 'answering_machine' && !waitedFor(callSeconds)) {
    report('wait_too_short', 'evidence.callSeconds')
  }
}

function spokeWithRightPerson({ evidence: { spokeWith } }: Inquiry, needs: Needs): boolean {
  if (needs.spokeWith === 'dm') return spokeWith === 'dm'
  if (needs.spokeWith === 'desk') return spokeWith === 'secretary' || spokeWith === 'other'
  return true
}

function handledObjections({ subject, proposal, evidence }: Inquiry, needs: Needs): boolean {
  if (needs.objections === undefined || evidence.objectionsHandled >= 1) return true
  if (needs.objections === 'if_raised') return evidence.objectionsRaised === 0
  const nobodyListens = proposal.rude || proposal.optOut || evidence.endedBy === 'client'
  return subject === 'dm_refusal' && nobodyListens
}
