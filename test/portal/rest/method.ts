import type { PortalClock } from '../clock.ts'
import type { PortalData, PortalUser } from '../model.ts'
import type { RestAuth } from './auth.ts'
import type { Params } from './params.ts'
import type { MethodReply } from './reply.ts'

/** The portal's plan, which decides how many requests it lets in. */
export type PortalPlan = 'standard' | 'enterprise'

/** What a method works on. */
export interface RestPortal {
  data: PortalData
  clock: PortalClock
}

/** One call of a method, alone or in a batch, in the name of a user. */
export interface RestCall {
  params: Params
  user: PortalUser
  auth: RestAuth
  portal: RestPortal
}

export interface RestMethod {
  /** As the documentation writes it; callers may use any case. */
  name: string
  /** Scope that gives it; `basic` is always there. */
  scope: string
  /** Page of the documentation that it follows. */
  docs: string
  run(call: RestCall): MethodReply
}
