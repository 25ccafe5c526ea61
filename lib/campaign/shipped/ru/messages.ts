import type { z } from 'zod'
import type { MessageTemplate } from '../../../contracts/campaign.ts'

/** Short enough for one SMS of 70 Cyrillic characters once names and dates are in. */
export const MESSAGES_RU = [
  {
    id: 'call-promised',
    channel: 'sms',
    language: 'ru',
    text: '{customer}: позвоним вам {date} в {time}, как договорились.',
  },
  {
    id: 'call-promised-mail',
    channel: 'mail',
    language: 'ru',
    subject: '{customer}: звонок {date} в {time}',
    text: 'Добрый день.\n\nСпасибо за разговор. Как договорились, наш инженер позвонит вам {date} в {time} и задаст несколько вопросов для расчёта: {company}, освещение цеха и склада. Разговор займёт около десяти минут.\n\nЕсли время перестанет подходить, ответьте на это письмо, и мы перенесём звонок.\n\nС уважением,\n{operator}\n«{customer}»',
  },
  {
    id: 'proposal',
    channel: 'mail',
    language: 'ru',
    subject: '{customer}: освещение цеха и склада',
    text: 'Добрый день.\n\nКак просили, коротко о том, что мы делаем. Инженер замеряет освещение у вас на месте, считает затраты и срок, за который они вернутся. Светильники ставим сами, производство не останавливаем, гарантия пять лет. Замер и расчёт бесплатны.\n\nЕсли удобно, ответьте на это письмо: площадь, высота потолков, сколько часов в день горит свет. Этого хватит для первых цифр.\n\nС уважением,\n{operator}\n«{customer}»',
  },
] satisfies z.input<typeof MessageTemplate>[]
