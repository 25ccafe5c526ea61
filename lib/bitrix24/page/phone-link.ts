import { NO_PHONE_PARENTS, PHONE_LINKS } from './selectors.ts'

/**
 * The number that a click would dial, or null when it is no click on a phone link.
 * Takes the clicked path (`event.composedPath()`), since links may hold nested elements.
 */
export function numberOfClick(path: EventTarget[]): string | null {
  for (const target of path) {
    if (!(target instanceof Element) || !target.matches(PHONE_LINKS)) continue
    if (target.closest(NO_PHONE_PARENTS)) return null
    return numberOfLink(target)
  }
  return null
}

/**
 * The raw number behind a phone link: the href without its scheme, else the first argument of
 * `phoneTo(…)` in the inline handler, else the digits of the text. The text alone is formatted
 * for people and may lack what the raw number has.
 */
export function numberOfLink(link: Element): string | null {
  return (
    numberIn(schemeless(link.getAttribute('href') ?? '')) ??
    numberIn(/phoneTo\(\s*['"]([^'"]+)['"]/.exec(link.getAttribute('onclick') ?? '')?.[1] ?? '') ??
    numberIn(link.textContent ?? '')
  )
}

function schemeless(href: string): string {
  const found = /^(?:callto|tel|sip|bx):(?:\/\/)?(?:callto\/phone\/)?(.+)$/i.exec(href)
  return found?.[1] === undefined ? '' : safelyDecoded(found[1])
}

function numberIn(text: string): string | null {
  const trimmed = text.trim()
  return /\d{2,}/.test(trimmed.replace(/[\s()-]/g, '')) ? trimmed : null
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
