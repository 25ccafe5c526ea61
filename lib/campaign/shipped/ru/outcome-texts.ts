import type { Grade } from '../../../contracts/outcome.ts'
import type { OutcomeTexts } from '../catalogue.ts'

/** Titles and comments of the results, as the training deck prints them (001-5 … 001-26). */
export const OUTCOME_TEXTS_RU: OutcomeTexts = {
  no_answer: { title: 'НЕТ ОТВЕТА', text: 'Нет ответа {n}', closing: 'Не берут трубку {n}' },
  answering_machine: { title: 'АВТОИНФОРМАТОР/ФАКС', text: 'Автоответ {n}' },
  secretary_refusal: {
    title: 'ОТКАЗ СЕКРЕТАРЯ',
    text: 'Отказ Секретаря {n}: {reason}',
    closing: 'Не соединяет с ЛПР {n}: {reason}',
  },
  talk_refused: { title: 'ОТКАЗ ОТ РАЗГОВОРА', text: 'ЛПР занят {n}: {reason}' },
  dm_absent: { title: 'ЛПР НЕТ НА МЕСТЕ', text: 'ЛПР НЕТ {n}: {reason}' },
  connection_error: { title: 'ОШИБКА СОЕДИНЕНИЯ', text: 'Неисправность {n}: {reason}' },
  line_busy: { title: 'ЗАНЯТО', text: 'Занято' },
  call_back: { title: 'ПЕРЕЗВОНИТЬ КЦ', text: '' },
  dm_refusal: {
    title: 'ОТКАЗ ЛПР',
    text: 'ЛПР не интересно: {reason}',
    variants: {
      not_interested: 'ЛПР не интересно: {reason}',
      not_relevant: 'ЛПР не актуально: {reason}',
    },
  },
  off_profile_dm: { title: 'ОТКАЗ НЕ ПО ПРОФИЛЮ ЛПР', text: 'другая сфера деятельности' },
  off_profile_secretary: {
    title: 'ОТКАЗ НЕ ПО ПРОФИЛЮ СЕКРЕТАРЬ',
    text: 'другая сфера деятельности',
  },
  private_person: {
    title: 'КВАРТИРА',
    text: 'физ. лицо',
    variants: {
      former: 'физ. лицо, ранее работал в данной организации.',
      home: 'физ. лицо, к организации отношения не имеет',
      unknown: 'физ. лицо',
    },
  },
  other_company: { title: 'ДРУГАЯ КОМПАНИЯ', text: 'другая организация' },
  competitor: { title: 'ОТКАЗ. КОНКУРЕНТ', text: '{reason|Другой колл-центр}' },
  already_client: {
    title: 'ОТКАЗ. УЖЕ РАБОТАЮТ',
    text: 'работают с нами',
    variants: { ours: 'работают с нами', other_supplier: 'работают с {reason}' },
  },
  email_sent_dm: {
    title: 'ОТПРАВЛЕН E-MAIL ЛПР',
    text: 'ЛПР заинтересован, желает получить инфо на почту',
  },
  email_sent_secretary: { title: 'ОТПРАВЛЕН E-MAIL СЕКРЕТАРЮ', text: 'инфо на почту Секретаря' },
  email_required: {
    title: 'ТРЕБУЕТСЯ ОТПРАВИТЬ E-MAIL',
    text: 'ЛПР заинтересован, нет возможности самому отправить E-MAIL',
  },
  possible_interest: {
    title: 'ВОЗМОЖЕН ИНТЕРЕС',
    text: 'ЛПР проявил слабый интерес, {date} {time}',
  },
  awaiting_call: {
    title: 'КЛИЕНТ ЖДЁТ ЗВОНКА (КЖЗ)',
    text: '{date}, {time}, ЛПР заинтересован',
  },
  customer_number_given: {
    title: 'ДАН НОМЕР ЗАКАЗЧИКА',
    text: 'ЛПР желает сам связаться с Заказчиком.',
  },
  meeting_set: {
    title: 'НАЗНАЧЕНА ВСТРЕЧА',
    text: 'ЛПР проявил интерес, желает сам встретиться с Заказчиком. {date} {time}',
  },
  call_transferred: {
    title: 'ПЕРЕВОД ЗВОНКА',
    text: 'ЛПР заинтересован, согласен на перевод звонка.',
  },
}

export const GRADE_TITLES_RU: Record<Grade, string> = {
  hot: 'Заинтересованный (горячий/трансфер)',
  warm: 'Потенциально заинтересованный (тёплый)',
  hypothetical: 'Гипотетически заинтересованный (холодный перезвон)',
  not_interested: 'Не заинтересованный (холодный)',
  client: 'Является клиентом',
  prejudiced: 'Предубеждённый',
  wrong_target: 'Ошибочное позиционирование',
}
