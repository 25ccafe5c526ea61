import { describe, expect, it } from 'vitest'
import { bitrixError, classify, plainText } from './errors.ts'

describe('an error of Bitrix24', () => {
  it.each([
    // By code, whatever the status: 503 means two opposite things.
    [503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests', 'limit'],
    [503, 'OVERLOAD_LIMIT', 'REST API is blocked due to overload', 'overload'],
    [429, 'OPERATION_TIME_LIMIT', '', 'operating_limit'],
    [401, 'expired_token', 'The access token provided has expired', 'unauthorized'],
    [403, 'INVALID_CREDENTIALS', 'Invalid request credentials', 'unauthorized'],
    [403, 'insufficient_scope', '', 'forbidden'],
    [400, 'ACCESS_DENIED', 'Access denied', 'forbidden'],
    [400, 'NOT_FOUND', 'Element not found', 'not_found'],
    [404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!', 'method_unknown'],
    [500, 'INTERNAL_SERVER_ERROR', 'Internal server error', 'server_error'],
    [500, 'PORTAL_DELETED', 'Portal was deleted', 'away'],
    [405, 'ERROR_BATCH_METHOD_NOT_ALLOWED', '', 'invalid'],
    // By status, where the code says nothing.
    [429, '', '', 'limit'],
    [502, '', 'Bad gateway', 'server_error'],
    [403, '', '', 'forbidden'],
    // By text, where code and status say nothing: many CRM errors have an empty code.
    [400, '', 'Not found', 'not_found'],
    [400, '', 'Access denied.', 'forbidden'],
    [null, '', 'Доступ запрещен', 'forbidden'],
    [null, '', 'Елемент не знайдено', 'not_found'],
    [400, '-', 'Insufficient permissions to change the stage', 'forbidden'],
    [400, 'Communication type is not defined', '', 'invalid'],
    [400, '100', 'Expected iterable value for multiple field', 'invalid'],
  ] as const)('%s %s «%s» is %s', (status, code, text, reason) => {
    expect(classify({ status, code, text })).toBe(reason)
  })

  it.each([
    [503, 'QUERY_LIMIT_EXCEEDED', 'not_executed'],
    [503, 'OVERLOAD_LIMIT', 'not_executed'],
    [400, '', 'not_executed'],
    [500, 'PORTAL_DELETED', 'not_executed'],
    [500, 'INTERNAL_SERVER_ERROR', 'unknown'],
    [502, '', 'unknown'],
  ] as const)('leaves the fate of a write answered by %s %s %s', (status, code, fate) => {
    expect(bitrixError({ status, code, text: '' }).fate).toBe(fate)
  })

  it('is told without markup and without the secret', () => {
    const page = '<html><style>p{}</style><p>No  <b>s3cret</b> here</p></html>'
    expect(plainText(page, 's3cret')).toBe('No … here')
  })
})
