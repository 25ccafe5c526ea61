import { randomBytes } from 'node:crypto'
import type { PortalData, PortalUser, Status } from './model.ts'

export type PortalLanguage = 'ru' | 'ua' | 'en'
export type UserRole = 'coordinator' | 'operator' | 'sales_rep'

/** Numbers of the seeded users. */
export const USER_IDS: Record<UserRole, number> = { coordinator: 1, operator: 2, sales_rep: 3 }

const POSITIONS: Record<PortalLanguage, Record<UserRole, string>> = {
  ru: {
    coordinator: 'Координатор',
    operator: 'Оператор кол-центра',
    sales_rep: 'Менеджер по продажам',
  },
  ua: {
    coordinator: 'Координатор',
    operator: 'Оператор кол-центру',
    sales_rep: 'Менеджер із продажу',
  },
  en: { coordinator: 'Coordinator', operator: 'Call centre operator', sales_rep: 'Sales manager' },
}

/** Default lead stages (Bitrix24 docs: crm-status-list.md) with their usual names. */
const STAGES: { id: string; semantics: 'S' | 'F' | null; color: string; names: Names }[] = [
  stage('NEW', null, '#39A8EF', 'Не обработан', 'Не оброблений', 'Unassigned'),
  stage('IN_PROCESS', null, '#2FC6F6', 'В работе', 'В роботі', 'In progress'),
  stage('PROCESSED', null, '#55D0E0', 'Обработан', 'Оброблений', 'Processed'),
  stage('CONVERTED', 'S', '#7BD500', 'Качественный лид', 'Якісний лід', 'Good lead'),
  stage('JUNK', 'F', '#FF5752', 'Некачественный лид', 'Неякісний лід', 'Junk lead'),
]

const SOURCES: { id: string; names: Names }[] = [
  { id: 'CALL', names: { ru: 'Звонок', ua: 'Дзвінок', en: 'Call' } },
  { id: 'EMAIL', names: { ru: 'Электронная почта', ua: 'Електронна пошта', en: 'E-mail' } },
  { id: 'WEB', names: { ru: 'Веб-сайт', ua: 'Вебсайт', en: 'Website' } },
  { id: 'ADVERTISING', names: { ru: 'Реклама', ua: 'Реклама', en: 'Advertising' } },
  { id: 'OTHER', names: { ru: 'Другое', ua: 'Інше', en: 'Other' } },
]

type Names = Record<PortalLanguage, string>

function stage(
  id: string,
  semantics: 'S' | 'F' | null,
  color: string,
  ru: string,
  ua: string,
  en: string,
) {
  return { id, semantics, color, names: { ru, ua, en } }
}

/** A new portal: three users with webhooks of their own, stages and sources; no clients yet. */
export function seedPortal(language: PortalLanguage): PortalData {
  const statuses = [
    ...STAGES.map(({ id, semantics, color, names }) => ({
      ENTITY_ID: 'STATUS',
      STATUS_ID: id,
      NAME: names[language],
      SEMANTICS: semantics,
      COLOR: color,
    })),
    ...SOURCES.map(({ id, names }) => ({
      ENTITY_ID: 'SOURCE',
      STATUS_ID: id,
      NAME: names[language],
      SEMANTICS: null,
      COLOR: '',
    })),
  ].map((row, index, all): Status => {
    const place = all.slice(0, index).filter(({ ENTITY_ID }) => ENTITY_ID === row.ENTITY_ID).length
    return { ID: index + 1, SORT: (place + 1) * 10, SYSTEM: 'Y', ...row }
  })
  const users = [
    user('coordinator', 'Марина', 'Соколюк', language),
    user('operator', 'Оксана', 'Верес', language),
    user('sales_rep', 'Игорь', 'Лозовой', language),
  ]
  return {
    version: 1,
    lastId: { user: users.length, status: statuses.length },
    entities: { lead: [], company: [], contact: [] },
    activities: [],
    comments: [],
    notifications: [],
    users,
    statuses,
    userFields: [],
  }
}

function user(
  role: UserRole,
  name: string,
  lastName: string,
  language: PortalLanguage,
): PortalUser {
  return {
    ID: USER_IDS[role],
    NAME: name,
    LAST_NAME: lastName,
    EMAIL: `${role.replace('_', '.')}@portal.example`,
    ADMIN: role === 'coordinator',
    ACTIVE: true,
    // The desk sits in Lviv; clients may be elsewhere.
    TIME_ZONE: 'Europe/Kyiv',
    WORK_POSITION: POSITIONS[language][role],
    webhookCode: randomBytes(8).toString('hex'),
  }
}

/** The role of a seeded user. */
export function roleOf(id: number): UserRole {
  return id === USER_IDS.coordinator
    ? 'coordinator'
    : id === USER_IDS.sales_rep
      ? 'sales_rep'
      : 'operator'
}
