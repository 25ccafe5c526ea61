import type { SubjectMark } from './copy.ts'

const MARK_BYTES = 16

/**
 * The hash of a copy of the stop list: HMAC-SHA-256 by its salt (base64url), the first 16 bytes,
 * base64url. Rejects when the salt is no base64url.
 */
export function saltedHash(salt: string): (text: string) => Promise<SubjectMark> {
  const key = crypto.subtle.importKey(
    'raw',
    bytesOf(salt),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  return async (text) => {
    const signed = await crypto.subtle.sign('HMAC', await key, new TextEncoder().encode(text))
    return base64url(new Uint8Array(signed).subarray(0, MARK_BYTES))
  }
}

function bytesOf(salt: string): Uint8Array<ArrayBuffer> {
  const text = atob(salt.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
