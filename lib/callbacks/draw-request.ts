import type { WorkingDays } from './working-days.ts'

/** All that a drawn time depends on. Instants are epoch milliseconds. */
export interface DrawRequest {
  now: number
  /** The campaign's zone. */
  zone: string
  /** The client's zone; null = unknown. */
  clientZone: string | null
  calendar: WorkingDays
  /** When the operator already has a callback. */
  taken: readonly number[]
  /** Earlier chain attempts of this pass. */
  earlierAttempts: readonly number[]
  seed: number
}
