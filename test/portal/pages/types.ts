import type { PortalData, PortalUser } from '../model.ts'

export interface PageRequest {
  url: URL
  method: string
  body: string
}

export type Language = 'ru' | 'ua' | 'en'
export type PhoneFormat = 'bitrix' | 'callto' | 'callto-slashes' | 'custom'

export interface PageContext {
  data: PortalData
  /** Who is logged in. */
  user: PortalUser
  /** Bitrix24's own code of the language: `ua` is Ukrainian. */
  language: Language
  /** Send the strictest page policy that Bitrix24's inline scripts would bear. */
  strictCsp: boolean
  /** The portal's option «phone call link format» (`callto_frmt`). */
  phoneFormat: PhoneFormat
}

export interface PageReply {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array
}
