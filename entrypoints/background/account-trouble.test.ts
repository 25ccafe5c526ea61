import { beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../lib/contracts/settings.ts'
import { accountTroubleOf, watchTrouble } from './account-trouble.ts'

let told: unknown[]
let note: ReturnType<typeof watchTrouble>
beforeEach(() => {
  told = []
  note = watchTrouble((trouble) => told.push(trouble))
})

describe('the account’s trouble', () => {
  it('is told once, and its end too', () => {
    note(['profile'], 'app_removed')
    note(['crm.item.get'], 'app_removed')
    note(['profile'], null)
    expect(told).toEqual(['bitrix24_app_removed', null])
  })

  it('is no matter of a portal that is away or of data that are refused', () => {
    note(['profile'], 'signed_out')
    note(['profile'], 'away')
    note(['crm.item.update'], 'invalid')
    expect(told).toEqual(['bitrix24_signed_out'])
  })

  it('a missing scope is over when the method is let in again, not another one', () => {
    note(['im.notify.personal.add'], 'scope_missing')
    note(['crm.item.get'], null)
    expect(told).toEqual(['bitrix24_scope_missing'])
    note(['im.notify.personal.add'], null)
    expect(told).toEqual(['bitrix24_scope_missing', null])
  })
})

describe('what is shown', () => {
  const account = { memberId: 'm', userId: 7, name: 'Оксана', formerOrigins: [] }
  const settings = { ...DEFAULT_SETTINGS, portal: { origin: 'https://portal.test', account } }

  it('is the end of the session when the relay refuses its own token', () => {
    expect(accountTroubleOf({ settings, account: null, relay: 'refused' })).toBe('relay_signed_out')
  })

  it('is nothing for a webhook', () => {
    const webhook = 'https://portal.test/rest/7/abc'
    const byWebhook = { ...settings, portal: { origin: 'https://portal.test', webhook } }
    const world = { settings: byWebhook, account: null, relay: 'refused' } as const
    expect(accountTroubleOf(world)).toBeNull()
  })
})
