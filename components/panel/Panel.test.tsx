import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { PanelState } from '../../lib/contracts/panel.ts'
import { sampleDomain } from '../../test/gallery/sample-domain.ts'
import { NOW } from '../../test/gallery/sample-state.ts'
import { STATES, type StateName } from '../../test/gallery/states.ts'
import type { PanelActions } from './actions.ts'
import type { PanelDomain } from './domain.ts'
import { Panel } from './Panel.tsx'

afterEach(cleanup)

function recorder() {
  const ok = () => vi.fn(async () => ({ ok: true, value: null }) as const)
  return {
    call: ok(),
    hangUp: ok(),
    mute: ok(),
    hold: ok(),
    sendDigits: ok(),
    changeDraft: ok(),
    save: vi.fn(async () => ({ ok: false, reason: 'nothing_to_save' }) as const),
    closeDraft: ok(),
    retry: ok(),
    reload: ok(),
    chooseCampaign: ok(),
    changeLayout: ok(),
    requestMicrophone: ok(),
    openOptions: ok(),
    checkAccount: ok(),
  } satisfies PanelActions
}

function show(state: PanelState, actions = recorder(), domain: PanelDomain = sampleDomain) {
  const panel = (state: PanelState) => (
    <Panel state={state} levels={null} now={NOW} actions={actions} domain={domain} />
  )
  const view = render(panel(state))
  return { ...view, actions, update: (state: PanelState) => view.rerender(panel(state)) }
}

const primary = () => document.querySelector('[data-primary]')

describe('which campaign the lead is called in', () => {
  test('is chosen by a click or by its digit, and nothing else can be done before', async () => {
    const { actions } = show(STATES['campaign-choose']())
    expect(primary()?.getAttribute('aria-disabled')).toBe('true')
    expect(document.getElementById('primary-obstacle')?.textContent).toBe(
      'В какой кампании звоним?',
    )
    const { card } = STATES['campaign-choose']().card?.snapshot ?? {}
    await userEvent.click(screen.getByRole('button', { name: /Вода для офиса/ }))
    expect(actions.chooseCampaign).toHaveBeenLastCalledWith(card, 'water')
    fireEvent.keyDown(document.body, { key: '1', code: 'Digit1' })
    expect(actions.chooseCampaign).toHaveBeenLastCalledWith(card, 'coffee')
  })

  test('where none fits the panel says so, and what to do', async () => {
    const { actions } = show(STATES['campaign-none-uk']())
    expect(screen.getByText('Клієнт не входить у жодну кампанію', { selector: 'h2' })).toBeTruthy()
    expect(screen.getByText(/попросіть координатора/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Прочитати знову' }))
    expect(actions.reload).toHaveBeenCalled()
  })

  test('another one that fits can be taken instead', async () => {
    const { actions } = show(STATES['campaign-other-fits']())
    expect(screen.getByText(/неверной подписью/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Сменить' }))
    await userEvent.click(screen.getByRole('button', { name: /Вода для офиса/ }))
    expect(actions.chooseCampaign).toHaveBeenCalledWith(expect.anything(), 'water')
  })
})

describe('one primary action, always in the same place', () => {
  test.each<[StateName, string | null, string]>([
    ['no-card', null, ''],
    ['loading', 'call', 'Позвонить +7 383 294-51-23'],
    ['ready', 'call', 'Позвонить +7 383 294-51-23'],
    ['ringing', 'hangUp', 'Отменить вызов'],
    ['talking-uk', 'hangUp', 'Завершити'],
    ['held-closing', 'hangUp', 'Завершить'],
    ['result-no-answer', 'save', 'Сохранить'],
    ['after-delivered', 'done', 'Готово'],
  ])('%s: %s «%s»', (name, kind, label) => {
    show(STATES[name]())
    expect(primary()?.getAttribute('data-primary') ?? null).toBe(kind)
    if (kind) expect(primary()?.textContent).toContain(label)
  })

  test('it stays the same element from call to hanging up, so focus stays on it', () => {
    const { update } = show(STATES.ready())
    const before = primary()
    update(STATES.ringing())
    expect(primary()).toBe(before)
  })

  test('the second click of a double click does not hang up', () => {
    const { actions, update } = show(STATES.ready())
    fireEvent.click(primary() as Element, { detail: 1 })
    update(STATES.ringing())
    fireEvent.click(primary() as Element, { detail: 2 })
    expect(actions.call).toHaveBeenCalledOnce()
    expect(actions.hangUp).not.toHaveBeenCalled()
  })

  test('a client on the stop list can’t be called, and the reason stands there', async () => {
    const { actions } = show(STATES['stop-list']())
    expect(primary()?.getAttribute('aria-disabled')).toBe('true')
    expect(screen.getByText('Клиент в стоп-листе, ему не звонят.')).toBeTruthy()
    await userEvent.click(primary() as Element)
    await userEvent.keyboard('{g>}')
    expect(actions.call).not.toHaveBeenCalled()
  })
})

describe('the result', () => {
  test('the proposed outcome stands first, with the comment as it will be', () => {
    show(STATES['result-no-answer']())
    const proposed = screen.getByRole('group', { name: 'Предлагаем' })
    expect(within(proposed).getByRole('button').textContent).toContain('НЕТ ОТВЕТА')
    expect(screen.getByText('Нет ответа 2')).toBeTruthy()
    expect(screen.getByText(/Сохранится как ПЕРЕЗВОНИТЬ КЦ/)).toBeTruthy()
  })

  test('a grey outcome tells its reason and can’t be chosen', async () => {
    const { actions } = show(STATES['result-no-answer']())
    const grey = screen.getByText('ПЕРЕВОД ЗВОНКА').closest('button') as HTMLButtonElement
    expect(grey.getAttribute('aria-disabled')).toBe('true')
    const reason = document.getElementById(grey.getAttribute('aria-describedby') ?? '')
    expect(reason?.textContent).toBe('В сценарии нет шага перевода.')
    await userEvent.click(grey)
    expect(actions.changeDraft).not.toHaveBeenCalled()
  })

  test('what lacks is told at the field and beside Save', () => {
    show(STATES['result-missing-dark']())
    expect(primary()?.getAttribute('aria-disabled')).toBe('true')
    expect(screen.getByLabelText('Причина').getAttribute('aria-invalid')).toBe('true')
    expect(screen.getAllByText('Напишите причину.').length).toBeGreaterThan(1)
  })

  test('saving sends what is chosen and typed before it saves', async () => {
    const { actions } = show(STATES['result-no-answer']())
    await userEvent.type(screen.getByLabelText('Комментарий'), 'а')
    await userEvent.click(primary() as Element)
    expect(actions.changeDraft).toHaveBeenLastCalledWith(
      expect.anything(),
      expect.objectContaining({ outcome: 'no_answer', note: 'а' }),
      expect.any(Number),
    )
    expect(actions.save).toHaveBeenCalledOnce()
    expect(await screen.findByRole('alert')).toBeTruthy()
  })

  test('an attempt that no outcome is left for can be closed, and only such a one', async () => {
    const violation = { code: 'stop_listed', field: 'outcome', message: '' } as const
    const barred: PanelDomain = {
      ...sampleDomain,
      offers: (...asked) =>
        sampleDomain.offers(...asked).map((offer) => ({ ...offer, violations: [violation] })),
    }
    const state = STATES['result-no-answer']()
    const { actions } = show(state, recorder(), barred)
    expect(screen.getByText(/Клиент уже в стоп-листе, результат не сохранить/)).toBeTruthy()
    expect(primary()?.textContent).toContain('Закрыть без результата')
    await userEvent.click(primary() as Element)
    expect(actions.closeDraft).toHaveBeenCalledExactlyOnceWith(
      state.card?.snapshot.card,
      state.draft?.attemptId,
    )
    expect(actions.save).not.toHaveBeenCalled()
  })

  test('typed text survives an older echo of the state', async () => {
    const state = STATES['result-no-answer']()
    const { update } = show(state)
    await userEvent.type(screen.getByLabelText('Комментарий'), 'перезвонит сама')
    update({ ...state })
    expect(screen.getByLabelText<HTMLTextAreaElement>('Комментарий').value).toBe('перезвонит сама')
  })
})

test('a time noted in a script step is the callback’s as well (001-22, 001-23)', () => {
  const { actions } = show(STATES['held-closing']())
  const date = document.querySelector('input[type="date"]') as HTMLInputElement
  fireEvent.change(date, { target: { value: '2026-03-06' } })
  const at = '2026-03-06T14:37:00+03:00'
  expect(actions.changeDraft).toHaveBeenLastCalledWith(
    expect.anything(),
    expect.objectContaining({ nextContactAt: at, callbackAt: at, namedByClient: true }),
    expect.any(Number),
  )
})

describe('the card', () => {
  test('name and numbers stand there while the card is still being read', () => {
    show(STATES.loading())
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('ООО «Сибирский картограф»')
    expect(screen.getAllByRole('radio')).toHaveLength(3)
    expect(screen.getByText('Читаем историю и дела…')).toBeTruthy()
  })

  test('a card without numbers is read again by the button that the text speaks of', async () => {
    const state = STATES.ready()
    const { card } = state
    const details = { ...card?.details, phones: [] }
    const { actions } = show({ ...state, card: { ...card, details } } as PanelState)
    expect(screen.getAllByText(/прочитайте карточку снова/).length).toBeGreaterThan(0)
    await userEvent.click(screen.getByRole('button', { name: 'Прочитать снова' }))
    expect(actions.reload).toHaveBeenCalledExactlyOnceWith(card?.snapshot.card)
  })

  test('another card over the one in hand is named, and the call stays', () => {
    show(STATES['talking-uk']())
    expect(screen.getByText(/Відкрито іншу картку: ПП «Верховина»/)).toBeTruthy()
    expect(screen.getByText('4:07')).toBeTruthy()
  })

  test('a portal that is away is told with what is safe', () => {
    show(STATES['stale-away']())
    expect(screen.getByText(/Звоните и сохраняйте/)).toBeTruthy()
    expect(screen.getByText('3 записи ждут отправки')).toBeTruthy()
  })

  test.each([
    ['signed-out', /Вход в Битрикс24 закончился/, 'Войти снова', 'openOptions'],
    ['relay-session-over', /закончил ваш сеанс/, 'Войти снова', 'openOptions'],
    ['app-removed', /Застосунок Прозвону вилучено/, 'Перевірити знову', 'checkAccount'],
    ['user-dismissed', /не пускает вашу учётную запись/, 'Проверить снова', 'checkAccount'],
    ['scope-missing', /lacks rights/, 'Check again', 'checkAccount'],
    ['account-relay-away', /The relay does not answer/, 'Check again', 'checkAccount'],
    ['portal-moved', /Портал має нову адресу/, 'До нової адреси', 'openOptions'],
  ] as const)('an account that is not let in has one text and one button: %s', async (...row) => {
    const [name, text, button, action] = row
    const { actions } = show(STATES[name]())
    const strip = screen.getByText(text).parentElement
    expect(strip?.querySelectorAll('button')).toHaveLength(1)
    expect(document.querySelectorAll('[role="status"] button')).toHaveLength(1)
    await userEvent.click(screen.getByRole('button', { name: button }))
    expect(actions[action]).toHaveBeenCalledOnce()
  })

  test('a lost microphone is told in words with its fix', async () => {
    const { actions } = show(STATES['microphone-lost']())
    await userEvent.click(screen.getByRole('button', { name: 'Проверить микрофон' }))
    expect(actions.requestMicrophone).toHaveBeenCalledOnce()
  })
})

describe('after saving', () => {
  test('a mail counts as delivered to the mail server, an SMS as delivered', () => {
    show(STATES['after-delivered']())
    expect(screen.getByText('доставлено на почтовый сервер')).toBeTruthy()
    expect(screen.getByText('доставлено')).toBeTruthy()
  })

  test('with the portal away the result is «saved, will be sent»', () => {
    show(STATES['after-away-uk']())
    expect(screen.getByText('Збережено, буде надіслано')).toBeTruthy()
  })

  test('a refused effect asks a person, and can be tried again', async () => {
    const { actions } = show(STATES['after-refused-dark']())
    expect(screen.getByText('Не хватает прав: попросите администратора.')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Повторить' }))
    expect(actions.retry).toHaveBeenCalledWith(expect.stringMatching(/:fields$/))
  })

  test('«Готово» leads back to the client', async () => {
    show(STATES['after-delivered']())
    await userEvent.click(primary() as Element)
    expect(primary()?.getAttribute('data-primary')).toBe('call')
  })
})
