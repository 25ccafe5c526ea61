import type { ClientLanguage } from '../contracts/common.ts'
import type { ResultBar } from './call-bar.ts'

/** Words of what is written into the CRM, in the campaign's language. */
export interface EffectWords {
  call: Record<'in' | 'out', string>
  todo: Record<'callback' | 'next_contact' | 'awaiting_call' | 'meeting', string>
  who: string
  when: string
  phone: string
  arrangedBy: string
  /** Calls that could not get a result, and why. */
  noResult: Record<ResultBar, string>
}

export const EFFECT_WORDS: Record<ClientLanguage, EffectWords> = {
  ru: {
    call: { out: 'Исходящий звонок', in: 'Входящий звонок' },
    todo: {
      callback: 'Перезвонить',
      next_contact: 'Связаться',
      awaiting_call: 'Клиент ждёт звонка',
      meeting: 'Встреча',
    },
    who: 'Кто',
    when: 'Когда',
    phone: 'Телефон',
    arrangedBy: 'Договорённость принял оператор',
    noResult: {
      stop_listed: 'Звонок без результата: клиент уже в стоп-листе',
      pass_closed: 'Звонок без результата: проход уже закончен',
    },
  },
  uk: {
    call: { out: 'Вихідний дзвінок', in: 'Вхідний дзвінок' },
    todo: {
      callback: 'Передзвонити',
      next_contact: 'Зв’язатися',
      awaiting_call: 'Клієнт чекає на дзвінок',
      meeting: 'Зустріч',
    },
    who: 'Хто',
    when: 'Коли',
    phone: 'Телефон',
    arrangedBy: 'Домовленість прийняв оператор',
    noResult: {
      stop_listed: 'Дзвінок без результату: клієнт уже у стоп-листі',
      pass_closed: 'Дзвінок без результату: прохід уже закінчено',
    },
  },
}
