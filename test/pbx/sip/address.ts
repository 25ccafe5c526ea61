/** Parts of SIP addresses, as they stand in From, To, Contact and the request line. */

/** The URI inside `"Name" <uri>;params`, or of a bare `uri;params`. */
export function uriOf(address: string): string | null {
  const plain = withoutQuotes(address)
  return /<([^<>\s]+)>/.exec(plain)?.[1] ?? /^\s*(sips?:[^\s;]+)/.exec(plain)?.[1] ?? null
}

/** The user part of a `sip:` URI, percent-decoded: `sip:%2B7495@host` gives `+7495`. */
export function userOf(uri: string): string | null {
  const user = /^sips?:([^@:;]+)(?::[^@]*)?@/.exec(uri)?.[1]
  if (user === undefined) return null
  try {
    return decodeURIComponent(user)
  } catch {
    return null
  }
}

/** The tag that marks one side of a dialog (RFC 3261 §12). */
export function tagOf(address: string): string | null {
  return /;\s*tag=([^\s;>]+)/.exec(withoutQuotes(address).replace(/<[^>]*>/, ''))?.[1] ?? null
}

/** A display name in quotes may hold anything, even what looks like a URI or a tag. */
function withoutQuotes(address: string): string {
  return address.replace(/"(?:[^"\\]|\\.)*"/, '')
}
