import type { PageContext, PageReply, PageRequest } from './types.ts'

/** Draws a page of the portal; null when it has no such page. */
export function renderPage(_request: PageRequest, _context: PageContext): PageReply | null {
  return null
}
