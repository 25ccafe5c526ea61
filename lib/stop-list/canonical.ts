import type { Result } from '../contracts/common.ts'
import type { StopScope, StopSubject } from '../contracts/relay-stop-list.ts'
import { companySubject, mailSubject } from './subject.ts'

/**
 * The subject as the list keeps it: addresses in small letters, names without legal forms, so that
 * it is found however it was written. A number in E.164 stays as it is, also one of no known plan:
 * whoever called us from it may be barred.
 */
export function canonicalSubject(subject: StopSubject): Result<StopSubject, string> {
  switch (subject.kind) {
    case 'phone':
      return { ok: true, value: subject }
    case 'mail':
      return mailSubject(subject.value)
    case 'company': {
      const [by = '', text = ''] = splitOnce(subject.value)
      if (by === 'bitrix24') return companySubject({ by, id: Number(text) })
      if (by === 'edrpou' || by === 'inn' || by === 'name') return companySubject({ by, text })
      return { ok: false, reason: 'not_a_company' }
    }
  }
}

/** `global`, `customer:<id>`, `campaign:<id>`, as commands and files write it; null = none of them. */
export function parseScope(text: string): StopScope | null {
  const plain = text.trim()
  if (plain.toLowerCase() === 'global') return { kind: 'global' }
  const [kind, id] = splitOnce(plain)
  if ((kind !== 'customer' && kind !== 'campaign') || !id || id.length > 100) return null
  return { kind, id }
}

/** The other way round. */
export function scopeText(scope: StopScope): string {
  return scope.kind === 'global' ? 'global' : `${scope.kind}:${scope.id}`
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf(':')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1).trim()]
}
