import type { z } from 'zod'
import type { Campaign } from '../../contracts/campaign.ts'
import { outcomeCatalogue } from './catalogue.ts'
import { COMMON } from './common.ts'
import { MESSAGES_RU } from './ru/messages.ts'

import { SCRIPT_RU } from './ru/script.ts'
import { MESSAGES_UK } from './uk/messages.ts'
import { GRADE_TITLES_UK, OUTCOME_TEXTS_UK } from './uk/outcome-texts.ts'
import { SCRIPT_UK } from './uk/script.ts'

/** First calls to firms with workshops and stores; results are written in Ukrainian. */
export const B2B_COLD_UK = {
  ...COMMON,
  id: 'b2b-cold-uk',
  title: 'Холодні дзвінки: освітлення для виробництва',
  language: 'uk',
  timeZone: 'Europe/Kyiv',
  customer: { name: 'Північне Сяйво', city: 'Львів', phone: '+380322450001' },
  // User ids are a portal's own: whoever sets the campaign up names his.
  salesRep: null,
  outcomes: outcomeCatalogue(OUTCOME_TEXTS_UK),
  gradeTitles: GRADE_TITLES_UK,
  scripts: [SCRIPT_UK, SCRIPT_RU],
  templates: [...MESSAGES_RU, ...MESSAGES_UK],
} satisfies z.input<typeof Campaign>
