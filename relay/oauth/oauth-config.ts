import { z } from 'zod'
import type { OAuthClient } from './token-endpoint.ts'

/** The local application on the portal, and who administers here (docs/admin-guide.md). */
export interface OAuthConfig extends OAuthClient {
  /** E.g. `https://firma.bitrix24.ru`. */
  portalOrigin: string
  /** Ids of portal users who are made administrators of the relay when they sign in. */
  adminUserIds: readonly number[]
}

/** An https origin; plain http only to this machine, for the sandbox portal. */
export const origin = z
  .string()
  .refine(isOrigin, 'must be an address such as https://example.bitrix24.ru, without a path')
  .transform((url) => new URL(url).origin)

export const originList = z
  .string()
  .transform((list) => list.split(',').map((one) => one.trim()))
  .pipe(z.array(origin))

export const userIds = z
  .string()
  .regex(/^\s*[1-9]\d{0,8}\s*(,\s*[1-9]\d{0,8}\s*)*$/, 'must be user ids such as 1, 42')
  .transform((list) => list.split(',').map(Number))

interface Values {
  BITRIX24_CLIENT_ID?: string | undefined
  BITRIX24_CLIENT_SECRET?: string | undefined
  BITRIX24_PORTAL?: string | undefined
  BITRIX24_AUTH_HOSTS: readonly string[]
  BITRIX24_ADMINS: readonly number[]
}

/** Null when the application is not configured. */
export function readOAuthConfig(values: Values): OAuthConfig | null {
  const { BITRIX24_CLIENT_ID, BITRIX24_CLIENT_SECRET, BITRIX24_PORTAL } = values
  if (!BITRIX24_CLIENT_ID || !BITRIX24_CLIENT_SECRET || !BITRIX24_PORTAL) return null
  return {
    clientId: BITRIX24_CLIENT_ID,
    clientSecret: BITRIX24_CLIENT_SECRET,
    portalOrigin: BITRIX24_PORTAL,
    authOrigins: values.BITRIX24_AUTH_HOSTS,
    adminUserIds: values.BITRIX24_ADMINS,
  }
}

function isOrigin(value: string): boolean {
  const url = URL.parse(value)
  if (url === null || url.href !== `${url.origin}/`) return false
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere)
}
