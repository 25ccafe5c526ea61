import type { z } from 'zod'
import type { MessageTemplate } from '../../../contracts/campaign.ts'

/** Short enough for one SMS of 70 Cyrillic characters once names and dates are in. */
export const MESSAGES_UK = [
  {
    id: 'call-promised',
    channel: 'sms',
    language: 'uk',
    text: '{customer}: зателефонуємо вам {date} о {time}, як домовились.',
  },
  {
    id: 'call-promised-mail',
    channel: 'mail',
    language: 'uk',
    subject: '{customer}: дзвінок {date} о {time}',
    text: 'Добрий день.\n\nДякуємо за розмову. Як домовилися, наш інженер зателефонує вам {date} о {time} і поставить кілька запитань для розрахунку: {company}, освітлення цеху та складу. Розмова триватиме близько десяти хвилин.\n\nЯкщо цей час перестане підходити, дайте відповідь на цей лист, і ми перенесемо дзвінок.\n\nЗ повагою,\n{operator}\n«{customer}»',
  },
  {
    id: 'proposal',
    channel: 'mail',
    language: 'uk',
    subject: '{customer}: освітлення цеху та складу',
    text: 'Добрий день.\n\nЯк і просили, коротко про те, що ми робимо. Інженер заміряє освітлення у вас на місці, рахує витрати й строк, за який вони повернуться. Світильники ставимо самі, виробництво не зупиняємо, гарантія п’ять років. Замір і розрахунок безкоштовні.\n\nЯкщо зручно, дайте відповідь на цей лист: площа, висота стель, скільки годин на день горить світло. Цього досить для перших цифр.\n\nЗ повагою,\n{operator}\n«{customer}»',
  },
] satisfies z.input<typeof MessageTemplate>[]
