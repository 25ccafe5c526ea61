/** Our name in `ORIGINATOR_ID` of the activities we make. */
export const ORIGINATOR_ID = 'prozvon'

const MARK = /prozvon\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([a-z_]+(?:\/\d+)?)/gi

export interface Mark {
  attemptId: string
  /** `<attemptId>:<type>`, and `:<n>` from the second on. */
  effectId: string
}

/**
 * Puts our mark into the text's last line, by which the write is found again. No brackets and no
 * colon: Bitrix24 reads BBCode and smileys. An earlier mark-like text does no harm: the last counts.
 */
export function withMark(text: string, effectId: string): string {
  return `${text.trimEnd()}\n\nprozvon/${effectId.replaceAll(':', '/')}`.trimStart()
}

/** Our mark in a text, wherever Bitrix24's formatting has put it; null = the text is not ours. */
export function readMark(text: string): Mark | null {
  const found = [...text.matchAll(MARK)].at(-1)
  if (found?.[1] === undefined || found[2] === undefined) return null
  const attemptId = found[1].toLowerCase()
  return { attemptId, effectId: `${attemptId}:${found[2].replaceAll('/', ':')}` }
}
