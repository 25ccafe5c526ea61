/** Where a REST request goes. */
export interface RestTarget {
  /** 3 for `/rest/api/…`, 2 for all else (Bitrix24 docs: api-reference/rest-v3.md). */
  version: 2 | 3
  /** The webhook in the path; without one, 0 and ''. */
  userId: number
  code: string
  /** Without `.json` or `.xml`. */
  method: string
  format: 'json' | 'xml'
}

/**
 * Reads a REST path: `/rest/<userId>/<code>/<method>` of a webhook, `/rest/<method>` of an
 * application; `.json` and `.xml` after the method choose the form of the answer
 * (Bitrix24 docs: settings/how-to-call-rest-api/general-principles.md).
 */
export function readTarget(pathname: string): RestTarget {
  const [, ...parts] = pathname.split('/').filter((part) => part !== '')
  const isThird = parts[0] === 'api' && parts.length > 1
  const [first = '', second = '', third] = isThird ? parts.slice(1) : parts
  const hasWebhook = third !== undefined
  const last = hasWebhook ? third : first
  return {
    version: isThird ? 3 : 2,
    userId: hasWebhook ? Number(first) : 0,
    code: hasWebhook ? second : '',
    method: last.replace(/\.(json|xml)$/i, ''),
    format: /\.xml$/i.test(last) ? 'xml' : 'json',
  }
}

/** The path with its secret masked, for logs. */
export function maskedPath({ version, userId, method }: RestTarget): string {
  const root = version === 3 ? '/rest/api' : '/rest'
  return userId === 0 ? `${root}/${method}` : `${root}/${userId}/***/${method}`
}
