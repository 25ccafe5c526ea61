import type { PortalClock } from '../clock.ts'
import type { RaiseEvent } from '../crm/entities.ts'
import type { PortalData, PortalUser } from '../model.ts'
import type { RestAuth } from './auth.ts'
import type { UploadedFile } from './body.ts'
import type { Params } from './params.ts'
import type { MethodReply, Refusal } from './reply.ts'

/** The portal's plan, which decides how many requests it lets in. */
export type PortalPlan = 'standard' | 'enterprise'

/** What a method works on. */
export interface RestPortal {
  data: PortalData
  clock: PortalClock
  /** Where the portal is, without a slash at the end. */
  origin: string
  plan: PortalPlan
  /** Tells handlers of events. */
  raise: RaiseEvent
}

/** One call of a method, alone or in a batch, in the name of a user. */
export interface RestCall {
  params: Params
  user: PortalUser
  auth: RestAuth
  portal: RestPortal
  /** Files of a multipart body; a batch has none. */
  files: readonly UploadedFile[]
}

export interface RestMethod {
  /** As the documentation writes it; callers may use any case. */
  name: string
  /** Scope that gives it; `basic` is always there. */
  scope: string
  /** Page of the documentation that it follows. */
  docs: string
  /** What a webhook is told, when the method is for applications alone. */
  withoutApp?: Refusal
  /** What all but administrators are told, when the method is for them alone. */
  withoutAdmin?: Refusal
  /** A method for files, which no batch may have. */
  isFileMethod?: true
  run(call: RestCall): MethodReply
}
