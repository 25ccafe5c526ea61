/**
 * Text of a base file: UTF-8 with or without a byte order mark, UTF-16 with one (Excel's
 * «Unicode text»), or else Windows-1251. Never fails: bytes that are no UTF-8 are taken for
 * Windows-1251, in which every byte means something.
 */
export function decodeBase(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1251').decode(bytes)
  }
}
