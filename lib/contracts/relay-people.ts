import { z } from 'zod'
import { Instant } from './common.ts'
import { Role } from './role.ts'
import { SipAccount } from './softphone.ts'

const Name = z.string().trim().min(1).max(100)

/** Somebody who works with the relay. */
export const RelayPerson = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  role: Role,
  isActive: z.boolean(),
  /** A SIP account is kept here for them. */
  hasSoftphone: z.boolean(),
  createdAt: Instant,
})
export type RelayPerson = z.infer<typeof RelayPerson>

/** GET /v1/people. */
export const RelayPeople = z.strictObject({ people: z.array(RelayPerson) })

/** PATCH /v1/people/:id. Who is not active has no valid token: theirs are revoked. */
export const RelayPersonChange = z
  .strictObject({ name: Name, role: Role, isActive: z.boolean() })
  .partial()
export type RelayPersonChange = z.infer<typeof RelayPersonChange>

/** A token without its secret. */
export const RelayToken = z.strictObject({
  id: z.string(),
  personId: z.uuid(),
  name: z.string(),
  role: Role,
  createdAt: Instant,
  /** To the minute; null = never. */
  lastUsedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
})
/** GET /v1/tokens: those that are valid. */
export const RelayTokens = z.strictObject({ tokens: z.array(RelayToken) })

/** DELETE /v1/tokens/:id and /v1/people/:id/tokens. */
export const RelayRevoked = z.strictObject({ count: z.int().nonnegative() })

/** POST /v1/pairing-codes: for somebody new, or for somebody who is known. */
export const PairingCodeRequest = z.union([
  z.strictObject({ name: Name, role: Role }),
  z.strictObject({ personId: z.uuid() }),
])
export type PairingCodeRequest = z.infer<typeof PairingCodeRequest>

/** 201: to be told to the person, who enters it in the settings of the extension. */
export const PairingCode = z.strictObject({
  /** 8 letters and digits, without those that look alike. */
  code: z.string(),
  personId: z.uuid(),
  expiresAt: Instant,
})
export type PairingCode = z.infer<typeof PairingCode>

/** POST /v1/pairings, without a token. Case, blanks and hyphens in the code don't matter. */
export const PairingRequest = z.strictObject({ code: z.string().max(32) })
export type PairingRequest = z.infer<typeof PairingRequest>

/** 201: the token is told this once. */
export const Pairing = z.strictObject({ token: z.string(), name: z.string(), role: Role })
export type Pairing = z.infer<typeof Pairing>

/** GET /v1/softphone: the caller's own account. PUT /v1/people/:id/softphone takes the same. */
export const RelaySoftphone = z.strictObject({ account: SipAccount.nullable() })
export type RelaySoftphone = z.infer<typeof RelaySoftphone>

/** What a role sees and takes away. GET and PUT /v1/access. */
export const RoleAccess = z.strictObject({
  role: Role,
  /** Phone numbers of clients are masked in every answer and file. */
  masksPhones: z.boolean(),
  mayExport: z.boolean(),
})
export type RoleAccess = z.infer<typeof RoleAccess>
export const RoleAccessList = z.strictObject({ roles: z.array(RoleAccess) })
