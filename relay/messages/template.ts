import type { MessageTemplate } from '../../lib/contracts/campaign.ts'
import type { Result } from '../../lib/contracts/common.ts'

export interface Rendered {
  subject: string | null
  text: string
}

/** `{name}`, or `{name|words}` with the words for where there is no value. */
const PLACEHOLDER = /\{([A-Za-z]\w*)(?:\|([^{}]*))?\}/g

/** Ten parts of 67 characters: what a phone still shows as one message. */
const MAX_SMS_LENGTH = 670

/**
 * Fills a template with one-line plain texts. Refuses, with what to do about it, when a variable is
 * missing or holds a link: the words that a client reads are the template's, never the caller's.
 */
export function render(
  template: MessageTemplate,
  variables: Readonly<Record<string, string>>,
): Result<Rendered, string> {
  const values = new Map<string, string>()
  for (const [name, words] of placeholdersOf(template)) {
    const value = Object.hasOwn(variables, name) ? asOneLine(variables[name] ?? '') : ''
    if (hasLink(value)) return refuse(`variable ${name} holds a link: put links into the template`)
    if (!value && words === undefined) {
      return refuse(`variable ${name} is missing: the template needs it`)
    }
    values.set(name, value)
  }
  // One pass: braces inside a value stay what they are.
  const fill = (text: string) =>
    text.replace(PLACEHOLDER, (_, name: string, words = '') => values.get(name) || words)
  const text = fill(template.text)
  if (template.channel === 'sms' && text.length > MAX_SMS_LENGTH) {
    return refuse(`the text is longer than ${MAX_SMS_LENGTH} characters: shorten the variables`)
  }
  const subject = template.subject === null ? null : asOneLine(fill(template.subject))
  return { ok: true, value: { subject, text } }
}

function placeholdersOf({ subject, text }: MessageTemplate): [string, string | undefined][] {
  return [...`${subject ?? ''}\n${text}`.matchAll(PLACEHOLDER)].map(([, name = '', words]) => [
    name,
    words,
  ])
}

function refuse(reason: string): Result<never, string> {
  return { ok: false, reason }
}

/** Control characters, line breaks and marks that turn the reading direction become blanks. */
function asOneLine(value: string): string {
  return value.replace(/[\s\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
}

function hasLink(value: string): boolean {
  return /:\/\/|\bwww\.|[a-z0-9-]+\.[a-z]{2,}\/\S/i.test(value)
}
