import type { z } from 'zod'
import type { Campaign } from '../../contracts/campaign.ts'
import { outcomeCatalogue } from './catalogue.ts'
import { COMMON } from './common.ts'
import { MESSAGES_RU } from './ru/messages.ts'
import { GRADE_TITLES_RU, OUTCOME_TEXTS_RU } from './ru/outcome-texts.ts'
import { SCRIPT_RU } from './ru/script.ts'
import { MESSAGES_UK } from './uk/messages.ts'

import { SCRIPT_UK } from './uk/script.ts'

/** First calls to firms with workshops and stores; results are written in Russian. */
export const B2B_COLD_RU = {
  ...COMMON,
  id: 'b2b-cold-ru',
  title: 'Холодные звонки: освещение для производства',
  language: 'ru',
  timeZone: 'Europe/Moscow',
  customer: { name: 'Северный Свет', city: 'Москва', phone: '+74951230001' },
  // User ids are a portal's own: whoever sets the campaign up names his.
  salesRep: null,
  outcomes: outcomeCatalogue(OUTCOME_TEXTS_RU),
  gradeTitles: GRADE_TITLES_RU,
  scripts: [SCRIPT_RU, SCRIPT_UK],
  templates: [...MESSAGES_RU, ...MESSAGES_UK],
} satisfies z.input<typeof Campaign>
