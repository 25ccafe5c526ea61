import type { Role } from '../../lib/contracts/role.ts'

/** What of the action log somebody may see. */
export interface ActionSight {
  /** Only the actions of this person; null = of everybody. */
  personId: string | null
  /** Only those of these campaigns; null = of all. */
  campaigns: readonly string[] | null
  /** `masked`: numbers and addresses without their middle; `none`: and no written words either. */
  personal: 'full' | 'masked' | 'none'
}
