import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../lib/contracts/settings.ts'
import { formOf, settingsOf } from './form.ts'

const empty = formOf(DEFAULT_SETTINGS)
const portal = {
  portalAddress: 'https://portal.bitrix24.test',
  webhook: 'https://portal.bitrix24.test/rest/2/abc123',
}

describe('the settings form', () => {
  it('takes a part that is left empty as not set up', () => {
    expect(settingsOf(empty, DEFAULT_SETTINGS)).toEqual({ ok: true, value: DEFAULT_SETTINGS })
  })

  it.each([
    'portal.bitrix24.test',
    ' https://portal.bitrix24.test/crm/lead/list/?x=1 ',
    'https://PORTAL.bitrix24.test/',
  ])('understands the portal’s address as people paste it: %s', (portalAddress) => {
    const result = settingsOf({ ...empty, ...portal, portalAddress }, DEFAULT_SETTINGS)
    expect(result.ok && result.value.portal?.origin).toBe('https://portal.bitrix24.test')
  })

  it.each([
    ['http://portal.bitrix24.test', 'portalAddress'],
    ['not an address at all', 'portalAddress'],
  ] as const)('refuses a portal without https: %s', (portalAddress, field) => {
    const result = settingsOf({ ...empty, ...portal, portalAddress }, DEFAULT_SETTINGS)
    expect(!result.ok && result.reason.has(field)).toBe(true)
  })

  it('refuses a webhook of another portal', () => {
    const webhook = 'https://other.bitrix24.test/rest/2/abc123'
    const result = settingsOf({ ...empty, ...portal, webhook }, DEFAULT_SETTINGS)
    expect(!result.ok && [...result.reason]).toEqual(['webhook'])
  })

  it('names each field of a half-filled part', () => {
    const result = settingsOf({ ...empty, sipServer: 'pbx.firm.test' }, DEFAULT_SETTINGS)
    expect(!result.ok && [...result.reason].sort()).toEqual(['sipDomain', 'sipServer', 'sipUser'])
  })

  it('gives back what it was filled with', () => {
    const settings = settingsOf({ ...empty, ...portal, language: 'uk' }, DEFAULT_SETTINGS)
    if (!settings.ok) throw new Error('refused')
    expect(formOf(settings.value)).toEqual({ ...empty, ...portal, language: 'uk' })
  })
})
