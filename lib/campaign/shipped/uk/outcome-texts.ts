import type { Grade } from '../../../contracts/outcome.ts'
import type { OutcomeTexts } from '../catalogue.ts'

/** Titles and comments of the results in Ukrainian; the decision maker is ОПР (001-5 … 001-26). */
export const OUTCOME_TEXTS_UK: OutcomeTexts = {
  no_answer: {
    title: 'НЕМАЄ ВІДПОВІДІ',
    text: 'Немає відповіді {n}',
    closing: 'Не беруть слухавку {n}',
  },
  answering_machine: { title: 'АВТОВІДПОВІДАЧ/ФАКС', text: 'Автовідповідь {n}' },
  secretary_refusal: {
    title: 'ВІДМОВА СЕКРЕТАРЯ',
    text: 'Відмова секретаря {n}: {reason}',
    closing: 'Не з’єднує з ОПР {n}: {reason}',
  },
  talk_refused: { title: 'ВІДМОВА ВІД РОЗМОВИ', text: 'ОПР зайнята {n}: {reason}' },
  dm_absent: { title: 'ОПР НЕМАЄ НА МІСЦІ', text: 'ОПР немає {n}: {reason}' },
  connection_error: { title: 'ПОМИЛКА З’ЄДНАННЯ', text: 'Несправність {n}: {reason}' },
  line_busy: { title: 'ЗАЙНЯТО', text: 'Зайнято' },
  call_back: { title: 'ПЕРЕДЗВОНИТИ КЦ', text: '' },
  dm_refusal: {
    title: 'ВІДМОВА ОПР',
    text: 'ОПР не цікаво: {reason}',
    variants: {
      not_interested: 'ОПР не цікаво: {reason}',
      not_relevant: 'ОПР не актуально: {reason}',
    },
  },
  off_profile_dm: { title: 'ВІДМОВА НЕ ЗА ПРОФІЛЕМ ОПР', text: 'інша сфера діяльності' },
  off_profile_secretary: {
    title: 'ВІДМОВА НЕ ЗА ПРОФІЛЕМ СЕКРЕТАР',
    text: 'інша сфера діяльності',
  },
  private_person: {
    title: 'КВАРТИРА',
    text: 'фіз. особа',
    variants: {
      former: 'фіз. особа, раніше працювала в цій організації.',
      home: 'фіз. особа, до організації не має стосунку',
      unknown: 'фіз. особа',
    },
  },
  other_company: { title: 'ІНША КОМПАНІЯ', text: 'інша організація' },
  competitor: { title: 'ВІДМОВА. КОНКУРЕНТ', text: '{reason|Інший кол-центр}' },
  already_client: {
    title: 'ВІДМОВА. ВЖЕ ПРАЦЮЮТЬ',
    text: 'працюють з нами',
    variants: { ours: 'працюють з нами', other_supplier: 'працюють з {reason}' },
  },
  email_sent_dm: {
    title: 'НАДІСЛАНО E-MAIL ОПР',
    text: 'ОПР зацікавлена, бажає отримати інформацію на пошту',
  },
  email_sent_secretary: {
    title: 'НАДІСЛАНО E-MAIL СЕКРЕТАРЮ',
    text: 'інформація на пошту секретаря',
  },
  email_required: {
    title: 'ПОТРІБНО НАДІСЛАТИ E-MAIL',
    text: 'ОПР зацікавлена, немає можливості самостійно надіслати E-MAIL',
  },
  possible_interest: {
    title: 'МОЖЛИВИЙ ІНТЕРЕС',
    text: 'ОПР виявила слабкий інтерес, {date} {time}',
  },
  awaiting_call: {
    title: 'КЛІЄНТ ЧЕКАЄ НА ДЗВІНОК (КЧД)',
    text: '{date}, {time}, ОПР зацікавлена',
  },
  customer_number_given: {
    title: 'НАДАНО НОМЕР ЗАМОВНИКА',
    text: 'ОПР бажає самостійно зв’язатися із Замовником.',
  },
  meeting_set: {
    title: 'ПРИЗНАЧЕНО ЗУСТРІЧ',
    text: 'ОПР виявила інтерес, бажає особисто зустрітися із Замовником. {date} {time}',
  },
  call_transferred: {
    title: 'ПЕРЕВЕДЕННЯ ДЗВІНКА',
    text: 'ОПР зацікавлена, згодна на переведення дзвінка.',
  },
}

export const GRADE_TITLES_UK: Record<Grade, string> = {
  hot: 'ЗАЦІКАВЛЕНИЙ (ГАРЯЧИЙ/ТРАНСФЕР)',
  warm: 'ПОТЕНЦІЙНО ЗАЦІКАВЛЕНИЙ (ТЕПЛИЙ)',
  hypothetical: 'ГІПОТЕТИЧНО ЗАЦІКАВЛЕНИЙ (ХОЛОДНИЙ ПЕРЕДЗВІН)',
  not_interested: 'НЕ ЗАЦІКАВЛЕНИЙ (ХОЛОДНИЙ)',
  client: 'Є КЛІЄНТОМ',
  prejudiced: 'УПЕРЕДЖЕНИЙ',
  wrong_target: 'ХИБНЕ ПОЗИЦІОНУВАННЯ',
}
