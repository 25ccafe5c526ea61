import {
  type Entity,
  emptyPortal,
  type Multifield,
  type PortalData,
  type PortalUser,
  type Status,
} from '../model.ts'

const DAY_MS = 86_400_000

/** A small portal to look at: made-up firms, numbers that belong to nobody. */
export function sampleData(now: Date = new Date()): PortalData {
  const at = (days: number, hours = 0) =>
    new Date(now.getTime() + days * DAY_MS + hours * 3_600_000).toISOString()
  return {
    ...emptyPortal(),
    entities: { lead: leads(at), company: [company(at)], contact: [contact(at)], deal: [] },
    activities: [
      {
        ID: 31,
        fields: {
          OWNER_TYPE_ID: 1,
          OWNER_ID: 1,
          TYPE_ID: 2,
          PROVIDER_ID: 'VOXIMPLANT_CALL',
          DIRECTION: 2,
          SUBJECT: 'Исходящий звонок на +380 44 599 01 17',
          DESCRIPTION: 'Никто не ответил за 60 секунд.',
          COMPLETED: 'Y',
          START_TIME: at(-2, -1),
          CREATED: at(-2),
          RESPONSIBLE_ID: 1,
          COMMUNICATIONS: [{ TYPE: 'PHONE', VALUE: '+380445990117' }],
        },
      },
      {
        ID: 32,
        fields: {
          OWNER_TYPE_ID: '1',
          OWNER_ID: '1',
          TYPE_ID: '6',
          PROVIDER_ID: 'CRM_TODO',
          SUBJECT: 'Перезвонить',
          DESCRIPTION: 'ЛПР бывает на месте после обеда.',
          COMPLETED: 'N',
          DEADLINE: at(0, 2),
          CREATED: at(-2),
          RESPONSIBLE_ID: 1,
        },
      },
    ],
    comments: [
      {
        ID: 41,
        ENTITY_ID: 1,
        ENTITY_TYPE: 'lead',
        AUTHOR_ID: 1,
        CREATED: at(-2),
        COMMENT: '[b]Нет ответа 1[/b]\nПерезвонить послезавтра.',
      },
    ],
    notifications: [],
    users: [
      user(1, 'Оксана', 'Мельник', 'Оператор'),
      user(2, 'Ігор', 'Савчук', 'Менеджер з продажу'),
      user(3, 'Ольга', 'Петренко', 'Координатор'),
    ],
    statuses: [...stages(), ...sources()],
    userFields: [
      {
        ID: 1,
        ENTITY_ID: 'CRM_LEAD',
        FIELD_NAME: 'UF_CRM_TEMPERATURE',
        USER_TYPE_ID: 'string',
        MULTIPLE: 'N',
        MANDATORY: 'N',
        LABEL: 'Температура лида',
      },
    ],
  }
}

type At = (days: number, hours?: number) => string

function leads(at: At): Entity[] {
  return [
    lead(
      1,
      at(-6),
      'Агро-Світ: калибровка весов',
      {
        NAME: 'Тарас',
        LAST_NAME: 'Коваль',
        POST: 'Технический директор',
        COMPANY_TITLE: 'ТОВ «Агро-Світ»',
        COMPANY_ID: 5,
        CONTACT_ID: 9,
        STATUS_ID: 'IN_PROCESS',
        ADDRESS: 'Киев, ул. Садовая, 14',
        OPPORTUNITY: 48000,
        CURRENCY_ID: 'UAH',
        COMMENTS: '[p]Нужен прайс {до пятницы}, просили \\"без воды\\".[/p]',
        UF_CRM_TEMPERATURE: 'Потенциально заинтересованный (тёплый)',
      },
      [
        phone(101, '+380445990117', 'WORK'),
        phone(102, '+380675990128', 'MOBILE'),
        email(103, 'office@agro-svit.example'),
        { ID: 104, TYPE_ID: 'IM', VALUE_TYPE: 'VIBER', VALUE: '+380675990128' },
      ],
    ),
    lead(
      2,
      at(-5),
      'Северная верфь: поставка крепежа',
      {
        NAME: 'Анна',
        LAST_NAME: 'Белова',
        COMPANY_TITLE: 'ООО «Северная верфь»',
        STATUS_ID: 'NEW',
      },
      [phone(111, '+78125550142', 'WORK')],
    ),
    lead(
      3,
      at(-3),
      'Пекарня «Колос»',
      {
        NAME: 'Марія',
        LAST_NAME: 'Гнатюк',
        COMPANY_TITLE: 'Пекарня «Колос»',
        STATUS_ID: 'PROCESSED',
        IS_RETURN_CUSTOMER: 'Y',
      },
      [phone(121, '+380322990155', 'WORK'), email(122, 'kolos@bakery.example')],
    ),
  ]
}

function lead(
  id: number,
  created: string,
  title: string,
  fields: Record<string, unknown>,
  multifields: Multifield[],
): Entity {
  return {
    ID: id,
    fields: {
      TITLE: title,
      SOURCE_ID: 'CALL',
      ASSIGNED_BY_ID: 1,
      CREATED_BY_ID: 3,
      DATE_CREATE: created,
      ...fields,
    },
    multifields,
  }
}

function company(at: At): Entity {
  return {
    ID: 5,
    fields: { TITLE: 'ТОВ «Агро-Світ»', ASSIGNED_BY_ID: 1, DATE_CREATE: at(-40) },
    multifields: [
      phone(131, '+380445990117', 'WORK'),
      { ID: 132, TYPE_ID: 'WEB', VALUE_TYPE: 'WORK', VALUE: 'agro-svit.example' },
    ],
  }
}

function contact(at: At): Entity {
  return {
    ID: 9,
    fields: {
      NAME: 'Тарас',
      LAST_NAME: 'Коваль',
      POST: 'Технический директор',
      COMPANY_ID: 5,
      ASSIGNED_BY_ID: 1,
      DATE_CREATE: at(-40),
    },
    multifields: [phone(141, '+380675990128', 'MOBILE'), phone(142, '+380445990118', 'WORK')],
  }
}

function phone(id: number, value: string, type: string): Multifield {
  return { ID: id, TYPE_ID: 'PHONE', VALUE_TYPE: type, VALUE: value }
}

function email(id: number, value: string): Multifield {
  return { ID: id, TYPE_ID: 'EMAIL', VALUE_TYPE: 'WORK', VALUE: value }
}

function user(id: number, name: string, lastName: string, position: string): PortalUser {
  return {
    ID: id,
    NAME: name,
    LAST_NAME: lastName,
    EMAIL: `user${id}@portal.example`,
    ADMIN: id === 3,
    ACTIVE: true,
    TIME_ZONE: 'Europe/Kyiv',
    WORK_POSITION: position,
    webhookCode: `sandbox-code-${id}`,
  }
}

function stages(): Status[] {
  const rows: [string, string, string | null, string][] = [
    ['NEW', 'Не обработан', null, '#55c8e8'],
    ['IN_PROCESS', 'В работе', null, '#47a8e0'],
    ['PROCESSED', 'Обработан', null, '#f0b94a'],
    ['UC_CALLBACK', 'Перезвонить КЦ', null, '#a78bd6'],
    ['CONVERTED', 'Качественный лид', 'S', '#7bc043'],
    ['JUNK', 'Некачественный лид', 'F', '#ee6a5b'],
  ]
  return rows.map(([id, name, semantics, color], index) =>
    status('STATUS', index, id, name, semantics, color),
  )
}

function sources(): Status[] {
  return [
    status('SOURCE', 0, 'CALL', 'Звонок', null, ''),
    status('SOURCE', 1, 'WEB', 'Сайт', null, ''),
  ]
}

function status(
  entityId: string,
  index: number,
  id: string,
  name: string,
  semantics: string | null,
  color: string,
): Status {
  return {
    ID: (entityId === 'STATUS' ? 200 : 300) + index,
    ENTITY_ID: entityId,
    STATUS_ID: id,
    NAME: name,
    SORT: (index + 1) * 10,
    SYSTEM: id.startsWith('UC_') ? 'N' : 'Y',
    SEMANTICS: semantics,
    COLOR: color,
  }
}
