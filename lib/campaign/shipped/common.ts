import { DEFAULT_REPEAT_LIMITS } from '../../contracts/campaign.ts'
import { CHAIN_OUTCOME_IDS, type OutcomeId } from '../../contracts/outcome.ts'

/** Names of one city in several languages (001-20). */
const CITY_ALIASES = [
  ['Москва', 'Moscow'],
  ['Санкт-Петербург', 'Петербург', 'Saint Petersburg', 'St. Petersburg'],
  ['Київ', 'Киев', 'Kyiv', 'Kiev'],
  ['Львів', 'Львов', 'Lviv'],
  ['Харків', 'Харьков', 'Kharkiv'],
  ['Одеса', 'Одесса', 'Odesa', 'Odessa'],
  ['Дніпро', 'Днепр', 'Dnipro'],
]

/** Reasons that say nothing when they stand alone (002-8); both languages hold everywhere. */
const VAGUE_REASONS = [
  'не заинтересованы',
  'не заинтересованы в услугах',
  'нет потребности',
  'не нужно',
  'ничего не надо',
  'не интересно',
  'не актуально',
  'отказ',
  'нет',
  '-',
  'не зацікавлені',
  'не зацікавлені в послугах',
  'немає потреби',
  'нема потреби',
  'не потрібно',
  'не треба',
  'нічого не треба',
  'не цікаво',
  'відмова',
  'ні',
]

const NONE: OutcomeId[] = []

/** What the shipped campaigns have in common. */
export const COMMON = {
  version: 1,
  projectKind: 'system' as const,
  cityAliases: CITY_ALIASES,
  waitSeconds: 60,
  undoSeconds: 30,
  attempts: { scope: 'lead' as const, max: 3, total: 6 },
  repeatLimits: DEFAULT_REPEAT_LIMITS,
  holidays: [] as string[],
  disabled: NONE,
  approvedInAdvance: NONE,
  causes: [...CHAIN_OUTCOME_IDS],
  vagueReasons: VAGUE_REASONS,
  transferStep: true,
  messages: [
    { outcome: 'awaiting_call' as const, channel: 'sms' as const, template: 'call-promised' },
    { outcome: 'awaiting_call' as const, channel: 'mail' as const, template: 'call-promised-mail' },
    { outcome: 'email_required' as const, channel: 'mail' as const, template: 'proposal' },
  ],
  mapping: {
    stages: { intermediate: 'IN_PROCESS', interested: 'PROCESSED', closed: 'JUNK' },
    fields: {
      outcome: 'UF_CRM_PROZVON_OUTCOME',
      attempts: 'UF_CRM_PROZVON_ATTEMPTS',
      grade: 'UF_CRM_PROZVON_GRADE',
      nextContactAt: 'UF_CRM_PROZVON_NEXT_CONTACT',
      campaign: 'UF_CRM_PROZVON_CAMPAIGN',
    },
  },
}
