import { Campaign } from '../../lib/contracts/campaign.ts'
import type { ClientLanguage } from '../../lib/contracts/common.ts'

/** Words of a made-up campaign: office coffee machines. Russian and Ukrainian say the same. */
const WORDS = {
  ru: {
    title: 'Кофе для офиса, холодная база',
    outcomes: {
      no_answer: ['НЕТ ОТВЕТА', 'Нет ответа {n}'],
      answering_machine: ['АВТОИНФОРМАТОР/ФАКС', 'Автоответ {n}'],
      secretary_refusal: ['ОТКАЗ СЕКРЕТАРЯ', 'Отказ Секретаря {n}: {reason}'],
      talk_refused: ['ОТКАЗ ОТ РАЗГОВОРА', 'ЛПР занят {n}: {reason}'],
      dm_absent: ['ЛПР НЕТ НА МЕСТЕ', 'ЛПР НЕТ {n}: {reason}'],
      connection_error: ['ОШИБКА СОЕДИНЕНИЯ', 'Неисправность {n}: {reason}'],
      line_busy: ['ЗАНЯТО', 'Занято'],
      call_back: ['ПЕРЕЗВОНИТЬ КЦ', ''],
      dm_refusal: ['ОТКАЗ ЛПР', 'ЛПР не интересно: {reason}'],
      private_person: ['КВАРТИРА', 'физ. лицо'],
      other_company: ['ДРУГАЯ КОМПАНИЯ', 'другая организация'],
      competitor: ['ОТКАЗ. КОНКУРЕНТ', 'Другой поставщик'],
      email_sent_dm: ['ОТПРАВЛЕН E-MAIL ЛПР', 'ЛПР заинтересован, желает получить инфо на почту'],
      possible_interest: ['ВОЗМОЖЕН ИНТЕРЕС', 'ЛПР проявил слабый интерес, {date} {time}'],
      awaiting_call: ['КЛИЕНТ ЖДЁТ ЗВОНКА', '{date}, {time}, ЛПР заинтересован'],
      meeting_set: ['НАЗНАЧЕНА ВСТРЕЧА', 'ЛПР проявил интерес. {date} {time}'],
      call_transferred: ['ПЕРЕВОД ЗВОНКА', 'ЛПР согласен на перевод звонка.'],
    },
    steps: [
      'Приветствие',
      'Здравствуйте, это {operator}, компания «{customer}». Подскажите, с кем я говорю?',
      'Улыбнитесь. Не извиняйтесь за беспокойство.',
      'ЛПР на линии',
      'Секретарь',
      'ЛПР нет на месте',
      'Презентация',
      '{contact}, мы ставим кофемашину в офис на месяц бесплатно: зёрна и обслуживание за нами. Сколько человек у вас пьют кофе?',
      'Запишите число сотрудников в комментарий.',
      'Интересно, что дальше',
      'Уже есть поставщик',
      'Не сейчас',
      'Завершение',
      'Договорились: наш специалист позвонит вам в это время. Верно?',
      'Да, жду звонка',
      'Лучше письмом',
    ],
    objections: [
      [
        'Дорого',
        'Понимаю, бюджет важен.',
        'Вы сравниваете с покупкой машины?',
        'Выходит 38 рублей за чашку, машина и сервис внутри.',
        'Попробуете месяц бесплатно?',
      ],
      [
        'Пришлите на почту',
        'Хорошо, пришлю.',
        'Что важнее увидеть: цены или условия?',
        'В письме будет расчёт на ваш офис, для него хватит двух вопросов.',
        'Сколько у вас сотрудников?',
      ],
      [
        'Уже работаем с другими',
        'Отлично, значит, кофе у вас любят.',
        'Что в нём устраивает больше всего?',
        'Мы встаём рядом, не вместо: месяц на сравнение.',
        'Когда удобно поставить машину?',
      ],
    ],
  },
  uk: {
    title: 'Кава для офісу, холодна база',
    outcomes: {
      no_answer: ['НЕМАЄ ВІДПОВІДІ', 'Немає відповіді {n}'],
      answering_machine: ['АВТОВІДПОВІДАЧ/ФАКС', 'Автовідповідь {n}'],
      secretary_refusal: ['ВІДМОВА СЕКРЕТАРЯ', 'Відмова секретаря {n}: {reason}'],
      talk_refused: ['ВІДМОВА ВІД РОЗМОВИ', 'ОПР зайнята {n}: {reason}'],
      dm_absent: ['ОПР НЕМАЄ НА МІСЦІ', 'ОПР немає {n}: {reason}'],
      connection_error: ['ПОМИЛКА З’ЄДНАННЯ', 'Несправність {n}: {reason}'],
      line_busy: ['ЗАЙНЯТО', 'Зайнято'],
      call_back: ['ПЕРЕДЗВОНИТИ КЦ', ''],
      dm_refusal: ['ВІДМОВА ОПР', 'ОПР не цікаво: {reason}'],
      private_person: ['КВАРТИРА', 'фіз. особа'],
      other_company: ['ІНША КОМПАНІЯ', 'інша організація'],
      competitor: ['ВІДМОВА. КОНКУРЕНТ', 'Інший постачальник'],
      email_sent_dm: [
        'НАДІСЛАНО E-MAIL ОПР',
        'ОПР зацікавлена, бажає отримати інформацію на пошту',
      ],
      possible_interest: ['МОЖЛИВИЙ ІНТЕРЕС', 'ОПР виявила слабкий інтерес, {date} {time}'],
      awaiting_call: ['КЛІЄНТ ЧЕКАЄ НА ДЗВІНОК', '{date}, {time}, ОПР зацікавлена'],
      meeting_set: ['ПРИЗНАЧЕНО ЗУСТРІЧ', 'ОПР виявила інтерес. {date} {time}'],
      call_transferred: ['ПЕРЕВЕДЕННЯ ДЗВІНКА', 'ОПР згодна на переведення дзвінка.'],
    },
    steps: [
      'Вітання',
      'Добрий день, це {operator}, компанія «{customer}». Підкажіть, з ким я розмовляю?',
      'Усміхніться. Не вибачайтеся за турботу.',
      'ОПР на лінії',
      'Секретар',
      'ОПР немає на місці',
      'Презентація',
      '{contact}, ми ставимо кавомашину в офіс на місяць безкоштовно: зерно й обслуговування за нами. Скільки людей у вас п’ють каву?',
      'Запишіть кількість співробітників у коментар.',
      'Цікаво, що далі',
      'Уже є постачальник',
      'Не зараз',
      'Завершення',
      'Домовилися: наш фахівець подзвонить вам у цей час. Правильно?',
      'Так, чекаю на дзвінок',
      'Краще листом',
    ],
    objections: [
      [
        'Дорого',
        'Розумію, бюджет важливий.',
        'Ви порівнюєте з купівлею машини?',
        'Виходить 19 гривень за чашку, машина й сервіс усередині.',
        'Спробуєте місяць безкоштовно?',
      ],
      [
        'Надішліть на пошту',
        'Добре, надішлю.',
        'Що важливіше побачити: ціни чи умови?',
        'У листі буде розрахунок на ваш офіс, вистачить двох запитань.',
        'Скільки у вас співробітників?',
      ],
      [
        'Уже працюємо з іншими',
        'Чудово, отже, каву у вас люблять.',
        'Що в ній влаштовує найбільше?',
        'Ми стаємо поруч, не замість: місяць на порівняння.',
        'Коли зручно поставити машину?',
      ],
    ],
  },
} as const

const CHAINS = [
  'no_answer',
  'answering_machine',
  'secretary_refusal',
  'talk_refused',
  'dm_absent',
  'connection_error',
]

/** A whole campaign, checked by the contract. */
export function sampleCampaign(language: ClientLanguage): Campaign {
  const words = WORDS[language]
  return Campaign.parse({
    id: `sample-${language}`,
    version: 3,
    title: words.title,
    language,
    projectKind: 'system',
    timeZone: language === 'uk' ? 'Europe/Kyiv' : 'Europe/Moscow',
    customer: {
      name: 'Зерно',
      city: language === 'uk' ? 'Львів' : 'Москва',
      phone: '+74951234567',
    },
    salesRep: { userId: 7, name: 'Ольга Литвин' },
    cityAliases: [],
    waitSeconds: 60,
    undoSeconds: 30,
    attempts: { scope: 'lead', max: 3, total: 6 },
    holidays: [],
    disabled: [],
    approvedInAdvance: [],
    outcomes: Object.entries(words.outcomes).map(([id, [title, text]]) => ({
      id,
      title,
      type: typeOf(id),
      comment: { text },
      variants: id === 'dm_refusal' ? ['not_interested', 'not_relevant'] : [],
      variantRequired: id === 'dm_refusal',
      grade: id === 'awaiting_call' || id === 'meeting_set' ? 'hot' : null,
    })),
    causes: CHAINS,
    vagueReasons: [],
    gradeTitles: {
      hot: '1',
      warm: '2',
      hypothetical: '3',
      not_interested: '4',
      client: '5',
      prejudiced: '6',
      wrong_target: '7',
    },
    scripts: (['ru', 'uk'] as const).map(scriptIn),
    transferStep: false,
    templates: [],
    messages: [],
    mapping: {
      stages: { intermediate: null, interested: null, closed: null },
      fields: { outcome: null, attempts: null, grade: null, nextContactAt: null },
    },
  })
}

function typeOf(id: string) {
  if (CHAINS.includes(id)) return 'chain'
  if (id === 'line_busy') return 'technical'
  return id === 'call_back' ? 'intermediate' : 'final'
}

function scriptIn(language: ClientLanguage) {
  const { steps: s, objections } = WORDS[language]
  return {
    language,
    start: 'hello',
    steps: [
      {
        id: 'hello',
        stage: 1,
        title: s[0],
        say: s[1],
        note: s[2],
        answers: [
          { id: 'dm', label: s[3], next: 'offer', marks: [{ type: 'spoke_with', who: 'dm' }] },
          {
            id: 'secretary',
            label: s[4],
            next: null,
            marks: [{ type: 'spoke_with', who: 'secretary' }],
            proposes: 'secretary_refusal',
          },
          { id: 'absent', label: s[5], next: null, proposes: 'dm_absent' },
        ],
      },
      {
        id: 'offer',
        stage: 3,
        title: s[6],
        say: s[7],
        note: s[8],
        marks: [{ type: 'presentation' }],
        fields: ['decisionMaker'],
        answers: [
          { id: 'yes', label: s[9], next: 'close' },
          { id: 'other', label: s[10], next: null, proposes: 'dm_refusal' },
          { id: 'later', label: s[11], next: null, proposes: 'possible_interest' },
        ],
      },
      {
        id: 'close',
        stage: 5,
        title: s[12],
        say: s[13],
        fields: ['nextContactAt'],
        answers: [
          {
            id: 'agreed',
            label: s[14],
            next: null,
            marks: [{ type: 'confirmed_aloud' }],
            proposes: 'awaiting_call',
          },
          { id: 'mail', label: s[15], next: null, proposes: 'email_sent_dm' },
        ],
      },
    ],
    objections: objections.map(([title, listen, clarify, answer, decide], index) => ({
      id: `objection-${index + 1}`,
      title,
      listen,
      clarify,
      answer,
      decide,
    })),
  }
}
