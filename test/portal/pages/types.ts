import type { PortalData, PortalUser } from '../model.ts'

/** A request that is not REST's, as the portal's pages get it. */
export interface PageRequest {
  url: URL
  method: string
  body: string
}

/** What a page is drawn from. */
export interface PageContext {
  data: PortalData
  user: PortalUser
  language: 'ru' | 'ua' | 'en'
  strictCsp: boolean
  phoneFormat: 'bitrix' | 'callto' | 'callto-slashes' | 'custom'
}

export interface PageReply {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array
}
