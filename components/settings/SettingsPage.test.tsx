import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS, type Settings } from '../../lib/contracts/settings.ts'
import { accountActions } from './account-actions.fixture.ts'
import { type SettingsActions, SettingsPage } from './SettingsPage.tsx'

afterEach(cleanup)

const portal = {
  origin: 'https://portal.bitrix24.test',
  webhook: 'https://portal.bitrix24.test/rest/2/abc123',
}
const RELOAD = /Обновите открытые вкладки портала/

function show(
  stored: Settings,
  access: Awaited<ReturnType<SettingsActions['allow']>>,
  lostEarlier = false,
) {
  const actions: SettingsActions = {
    allow: async () => access,
    save: async () => null,
    check: async () => null,
    pair: async () => ({ state: 'used' }),
    account: accountActions(),
  }
  render(<SettingsPage stored={stored} lostEarlier={lostEarlier} actions={actions} />)
}

async function save(): Promise<void> {
  await userEvent.click(screen.getByRole('button', { name: 'Сохранить и проверить' }))
}

describe('the portal’s open tabs need a reload', () => {
  test('after the portal was granted for the first time', async () => {
    show({ ...DEFAULT_SETTINGS, portal }, 'new')
    expect(screen.queryByText(RELOAD)).toBeNull()
    await save()
    expect(screen.getByText(RELOAD)).toBeTruthy()
  })

  test('after another portal was set up, though the browser had granted it before', async () => {
    show(DEFAULT_SETTINGS, 'known')
    await userEvent.type(screen.getByLabelText('Адрес портала'), portal.origin)
    await userEvent.type(screen.getByLabelText('Входящий вебхук'), portal.webhook)
    await save()
    expect(screen.getByText(RELOAD)).toBeTruthy()
  })

  test.each(['known', 'refused'] as const)('not when the portal is %s', async (access) => {
    show({ ...DEFAULT_SETTINGS, portal }, access)
    await save()
    expect(screen.queryByText(RELOAD)).toBeNull()
  })
})

describe('settings that could not be read', () => {
  const LOST = /Прежние настройки не прочитались/

  test('are spoken of until the extension is set up anew', async () => {
    show(DEFAULT_SETTINGS, 'known', true)
    expect(screen.getByText(LOST)).toBeTruthy()
    await userEvent.type(screen.getByLabelText('Адрес портала'), portal.origin)
    await userEvent.type(screen.getByLabelText('Входящий вебхук'), portal.webhook)
    await save()
    expect(screen.queryByText(LOST)).toBeNull()
  })

  test('are not spoken of when there were none', () => {
    show(DEFAULT_SETTINGS, 'known')
    expect(screen.queryByText(LOST)).toBeNull()
  })
})

test('a pairing code that was used is told so, and an address is asked for first', async () => {
  show(DEFAULT_SETTINGS, 'known')
  await userEvent.type(screen.getByLabelText('Адрес сервера'), 'https://relay.example')
  await userEvent.type(screen.getByLabelText('Код подключения вместо ключа'), 'ABCD-EFGH')
  await userEvent.click(screen.getByRole('button', { name: 'Подключить' }))
  expect(screen.getByText(/Этот код уже использован/)).toBeTruthy()
})
