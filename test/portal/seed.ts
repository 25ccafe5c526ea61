import { randomBytes } from 'node:crypto'
import {
  type Department,
  emptyPortal,
  type PortalData,
  type PortalUser,
  type Status,
} from './model.ts'
import { DICTIONARIES, type PortalLanguage } from './seed-dictionaries.ts'

export type { PortalLanguage } from './seed-dictionaries.ts'
export type UserRole = 'coordinator' | 'operator' | 'sales_rep'

/** Numbers of the seeded users. */
export const USER_IDS: Record<UserRole, number> = { coordinator: 1, operator: 2, sales_rep: 3 }

/** The company, its call centre, its sales. */
const DEPARTMENTS: Record<PortalLanguage, readonly string[]> = {
  ru: ['Компания', 'Кол-центр', 'Отдел продаж'],
  ua: ['Компанія', 'Кол-центр', 'Відділ продажу'],
  en: ['Company', 'Call centre', 'Sales'],
}

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

/** A new portal: three users with webhooks of their own, stages and sources; no clients yet. */
export function seedPortal(language: PortalLanguage): PortalData {
  const statuses = DICTIONARIES.flatMap(({ entityId, rows }) =>
    rows.map((row, index) => ({
      ENTITY_ID: entityId,
      STATUS_ID: row.id,
      NAME: row.names[language],
      SORT: (index + 1) * 10,
      SYSTEM: 'Y' as const,
      SEMANTICS: row.semantics ?? null,
      COLOR: row.color ?? '',
    })),
  ).map((row, index): Status => ({ ID: index + 1, ...row }))
  const users = [
    user('coordinator', 'Марина', 'Соколюк', language),
    user('operator', 'Оксана', 'Верес', language),
    user('sales_rep', 'Игорь', 'Лозовой', language),
  ]
  const departments = DEPARTMENTS[language].map(
    (NAME, index): Department => ({
      ID: index + 1,
      NAME,
      SORT: 500,
      PARENT: index === 0 ? null : 1,
      UF_HEAD: index === 0 ? USER_IDS.coordinator : null,
    }),
  )
  return {
    ...emptyPortal(),
    lastId: { user: users.length, status: statuses.length, department: departments.length },
    users,
    statuses,
    departments,
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
    UF_PHONE_INNER: String(100 + USER_IDS[role]),
    UF_DEPARTMENT: [role === 'operator' ? 2 : role === 'sales_rep' ? 3 : 1],
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
