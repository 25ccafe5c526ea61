import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { AccountTrouble } from '../../lib/contracts/account.ts'
import { BITRIX24_ENDS } from '../../lib/contracts/relay-sign-in.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../lib/contracts/settings.ts'
import { accountActions, WAITING } from './account-actions.fixture.ts'
import type { AccountActions } from './account-actions.ts'
import { SettingsPage } from './SettingsPage.tsx'

afterEach(cleanup)

const origin = 'https://portal.bitrix24.test'
const signedIn: Settings = {
  ...DEFAULT_SETTINGS,
  relay: { address: 'https://relay.test', token: 'prz_secret' },
  portal: {
    origin,
    account: { memberId: 'm1', userId: 7, name: 'Оксана Верес', formerOrigins: [] },
  },
}
const SIGN_IN = 'Войти через Битрикс24'
const ADDRESS = 'Адрес сервера Прозвона'

function show(
  stored: Settings,
  changes: Partial<AccountActions> = {},
  allow: () => Promise<'known' | 'new' | 'refused'> = async () => 'known',
) {
  const save = vi.fn(async (_: Settings) => null)
  const account = accountActions(changes)
  const actions = { allow, save, check: async () => null, pair: async () => USED, account }
  render(<SettingsPage stored={stored} lostEarlier={false} actions={actions} />)
  return { save }
}
const USED = { state: 'used' } as const

async function signIn(): Promise<void> {
  const field = (await screen.findAllByLabelText(ADDRESS))[0]
  if (!field) throw new Error('no field for the address')
  await userEvent.type(field, 'https://relay.test')
  await userEvent.click(screen.getByRole('button', { name: SIGN_IN }))
}

describe('signing in with Bitrix24', () => {
  test('stands first; the webhook stands second and says what it lacks', () => {
    show(DEFAULT_SETTINGS)
    const headings = screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent)
    expect(headings.slice(0, 2)).toEqual([
      'Вход с учётной записью Битрикс24',
      'Битрикс24 без входа: вебхук',
    ])
    expect(screen.getByText(/Нет записей телефонии/)).toBeTruthy()
  })

  test('wants an address before it asks anybody', async () => {
    const begin = vi.fn(accountActions().begin)
    show(DEFAULT_SETTINGS, { begin })
    await userEvent.click(screen.getByRole('button', { name: SIGN_IN }))
    expect(begin).not.toHaveBeenCalled()
    expect(screen.getByText('Проверьте, как это написано.')).toBeTruthy()
  })

  test('waits for the person, and can be cancelled', async () => {
    const cancel = vi.fn(async () => {})
    let isBegun = false
    show(DEFAULT_SETTINGS, {
      cancel,
      begin: async () => {
        isBegun = true
        return WAITING
      },
      wait: () => (isBegun ? new Promise(() => {}) : Promise.resolve({ state: 'none' })),
    })
    await signIn()
    expect(screen.getByText(/Войдите в Битрикс24 на открывшейся вкладке/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Отменить вход' }))
    expect(cancel).toHaveBeenCalled()
    expect(screen.getByRole('button', { name: SIGN_IN })).toBeTruthy()
  })

  test('one that was begun before the page was opened is waited for', async () => {
    show(DEFAULT_SETTINGS, { wait: async () => ({ ...WAITING, isAway: true }) })
    expect(await screen.findByText(/не отвечает, спрашиваем снова/)).toBeTruthy()
  })

  test('ends with who is signed in where, without a token anywhere on the page', async () => {
    let isDone = false
    show(DEFAULT_SETTINGS, {
      begin: async () => {
        isDone = true
        return WAITING
      },
      wait: async () => ({ state: isDone ? 'done' : 'none' }),
      settings: async () => signedIn,
    })
    await signIn()
    expect(await screen.findByText(/Вы вошли: Оксана Верес/)).toBeTruthy()
    expect(screen.getByText(/Обновите открытые вкладки портала/)).toBeTruthy()
    expect(screen.queryByLabelText('Входящий вебхук')).toBeNull()
    expect(document.body.innerHTML).not.toContain('prz_secret')
  })

  test.each([
    ['expired', /Время на вход вышло/],
    ['refused', /не подтвердил вход/],
    ['not_configured', /не настроен/],
    ['limit', /Слишком много попыток/],
    ['away', /Проверьте его адрес/],
    ['bitrix24_user_dismissed', /не пускает вашу учётную запись/],
  ] as const)('says what went wrong and can be begun anew: %s', async (why, text) => {
    show(DEFAULT_SETTINGS, { begin: async () => ({ state: 'failed', why }) })
    await signIn()
    expect(screen.getByText(text)).toBeTruthy()
    expect(screen.getByRole('button', { name: SIGN_IN })).toBeTruthy()
  })
})

describe('who is signed in', () => {
  const ALL: AccountTrouble[] = [...BITRIX24_ENDS, 'relay_signed_out', 'relay_away']

  test.each(ALL)('has one text and one button for %s', async (trouble) => {
    show(signedIn, { read: async () => ({ trouble, movedTo: null }) })
    await screen.findByText(/Вы вошли/)
    const strips = await screen.findAllByText(/Результаты сохраняются|сохраняйте/)
    expect(strips).toHaveLength(1)
    expect(strips[0]?.parentElement?.querySelectorAll('button')).toHaveLength(1)
  })

  test('is asked for anew when an administrator has mended it', async () => {
    show(signedIn, { read: async () => ({ trouble: 'bitrix24_app_removed', movedTo: null }) })
    await userEvent.click(await screen.findByRole('button', { name: 'Проверить снова' }))
    expect(screen.queryByText(/удалено с портала/)).toBeNull()
  })

  test('signs in again at the same relay', async () => {
    show(signedIn, { read: async () => ({ trouble: 'bitrix24_signed_out', movedTo: null }) })
    await userEvent.click(await screen.findByRole('button', { name: 'Войти снова' }))
    expect((screen.getByLabelText(ADDRESS) as HTMLInputElement).value).toBe('https://relay.test')
  })

  test('allows the portal by a click when the browser has not', async () => {
    const allow = vi.fn(async () => 'new' as const)
    show(signedIn, { hasAccess: async () => false }, allow)
    await userEvent.click(await screen.findByRole('button', { name: 'Разрешить' }))
    expect(allow).toHaveBeenCalledWith(origin)
    expect(screen.queryByRole('button', { name: 'Разрешить' })).toBeNull()
    expect(screen.getByText(/Обновите открытые вкладки портала/)).toBeTruthy()
  })

  test('goes to the new address when somebody has agreed to it', async () => {
    const follow = vi.fn(async () => {})
    const movedTo = 'https://new.bitrix24.test'
    const allow = vi.fn(async () => 'new' as const)
    show(signedIn, { follow, read: async () => ({ trouble: 'bitrix24_moved', movedTo }) }, allow)
    await userEvent.click(await screen.findByRole('button', { name: `Перейти на ${movedTo}` }))
    expect(allow).toHaveBeenCalledWith(movedTo)
    expect(follow).toHaveBeenCalled()
  })

  test('is told when agreeing is an administrator’s', async () => {
    const read = async () => ({ trouble: 'bitrix24_moved', movedTo: null }) as const
    show(signedIn, { read, agreeToMove: async () => 'forbidden' })
    await userEvent.type(await screen.findByLabelText('Новый адрес портала'), 'new.bitrix24.test')
    await userEvent.click(screen.getByRole('button', { name: 'Подтвердить новый адрес' }))
    expect(screen.getByText('Новый адрес подтверждает администратор.')).toBeTruthy()
  })

  test('signs out', async () => {
    show(signedIn, { settings: async () => DEFAULT_SETTINGS })
    await userEvent.click(await screen.findByRole('button', { name: 'Выйти' }))
    expect(await screen.findByRole('button', { name: SIGN_IN })).toBeTruthy()
  })

  test('saving the rest leaves account and relay as they are', async () => {
    const { save } = show(signedIn)
    await userEvent.click(screen.getByRole('button', { name: 'Сохранить и проверить' }))
    expect(save).toHaveBeenCalledWith(signedIn)
  })
})
