export type PortalLanguage = 'ru' | 'ua' | 'en'

export interface DictionaryRow {
  id: string
  names: Record<PortalLanguage, string>
  /** S success, F failure; only stages have it. */
  semantics?: 'S' | 'F'
  color?: string
}

function row(id: string, ru: string, ua: string, en: string): DictionaryRow {
  return { id, names: { ru, ua, en } }
}

function stage(base: DictionaryRow, color: string, semantics?: 'S' | 'F'): DictionaryRow {
  return { ...base, color, ...(semantics ? { semantics } : {}) }
}

/**
 * Dictionaries of a new portal (Bitrix24 docs: crm/status/crm-status-list.md,
 * crm-status-entity-types.md) with their usual names.
 */
export const DICTIONARIES: readonly { entityId: string; rows: readonly DictionaryRow[] }[] = [
  {
    entityId: 'STATUS',
    rows: [
      stage(row('NEW', 'Не обработан', 'Не оброблений', 'Unassigned'), '#39A8EF'),
      stage(row('IN_PROCESS', 'В работе', 'В роботі', 'In progress'), '#2FC6F6'),
      stage(row('PROCESSED', 'Обработан', 'Оброблений', 'Processed'), '#55D0E0'),
      stage(row('CONVERTED', 'Качественный лид', 'Якісний лід', 'Good lead'), '#7BD500', 'S'),
      stage(row('JUNK', 'Некачественный лид', 'Неякісний лід', 'Junk lead'), '#FF5752', 'F'),
    ],
  },
  {
    entityId: 'SOURCE',
    rows: [
      row('CALL', 'Звонок', 'Дзвінок', 'Call'),
      row('EMAIL', 'Электронная почта', 'Електронна пошта', 'E-mail'),
      row('WEB', 'Веб-сайт', 'Вебсайт', 'Website'),
      row('ADVERTISING', 'Реклама', 'Реклама', 'Advertising'),
      row('OTHER', 'Другое', 'Інше', 'Other'),
    ],
  },
  {
    entityId: 'DEAL_STAGE',
    rows: [
      stage(row('NEW', 'Новая', 'Нова', 'New'), '#39A8EF'),
      stage(
        row('PREPARATION', 'Подготовка документов', 'Підготовка документів', 'Create papers'),
        '#2FC6F6',
      ),
      stage(
        row('PREPAYMENT_INVOICE', 'Счёт на предоплату', 'Рахунок на передоплату', 'Invoice'),
        '#55D0E0',
      ),
      stage(row('EXECUTING', 'В работе', 'В роботі', 'In progress'), '#47E4C2'),
      stage(
        row('FINAL_INVOICE', 'Финальный счёт', 'Фінальний рахунок', 'Final invoice'),
        '#FFA900',
      ),
      stage(row('WON', 'Сделка успешна', 'Угода успішна', 'Deal won'), '#7BD500', 'S'),
      stage(row('LOSE', 'Сделка провалена', 'Угода провалена', 'Deal lost'), '#FF5752', 'F'),
      stage(
        row('APOLOGY', 'Анализ причины провала', 'Аналіз причини провалу', 'Analyze failure'),
        '#FF5752',
        'F',
      ),
    ],
  },
  {
    entityId: 'DEAL_TYPE',
    rows: [
      row('SALE', 'Продажа', 'Продаж', 'Sales'),
      row('COMPLEX', 'Комплексная продажа', 'Комплексний продаж', 'Integrated sales'),
      row('GOODS', 'Продажа товара', 'Продаж товару', 'Goods'),
      row('SERVICES', 'Услуги', 'Послуги', 'Services'),
      row('SERVICE', 'Сервисное обслуживание', 'Сервісне обслуговування', 'Maintenance'),
    ],
  },
  {
    entityId: 'CONTACT_TYPE',
    rows: [
      row('CLIENT', 'Клиенты', 'Клієнти', 'Clients'),
      row('SUPPLIER', 'Поставщики', 'Постачальники', 'Suppliers'),
      row('PARTNER', 'Партнёры', 'Партнери', 'Partners'),
      row('OTHER', 'Другое', 'Інше', 'Other'),
    ],
  },
  {
    entityId: 'COMPANY_TYPE',
    rows: [
      row('CUSTOMER', 'Клиент', 'Клієнт', 'Client'),
      row('SUPPLIER', 'Поставщик', 'Постачальник', 'Supplier'),
      row('COMPETITOR', 'Конкурент', 'Конкурент', 'Competitor'),
      row('PARTNER', 'Партнёр', 'Партнер', 'Partner'),
      row('OTHER', 'Другое', 'Інше', 'Other'),
    ],
  },
  {
    entityId: 'INDUSTRY',
    rows: [
      row('IT', 'Информационные технологии', 'Інформаційні технології', 'Information technology'),
      row('MANUFACTURING', 'Производство', 'Виробництво', 'Manufacturing'),
      row('DELIVERY', 'Перевозки', 'Перевезення', 'Delivery'),
      row('OTHER', 'Другое', 'Інше', 'Other'),
    ],
  },
  {
    entityId: 'EMPLOYEES',
    rows: [
      row('EMPLOYEES_1', 'менее 50', 'менше 50', 'less than 50'),
      row('EMPLOYEES_2', '50-250', '50-250', '50-250'),
      row('EMPLOYEES_3', '250-500', '250-500', '250-500'),
      row('EMPLOYEES_4', 'более 500', 'понад 500', 'over 500'),
    ],
  },
  {
    entityId: 'HONORIFIC',
    rows: [row('HNR_RU_1', 'г-н', 'п.', 'Mr.'), row('HNR_RU_2', 'г-жа', 'п.', 'Ms.')],
  },
  {
    entityId: 'CALL_LIST',
    rows: [
      row('IN_WORK', 'В работе', 'В роботі', 'In progress'),
      row('SUCCESS', 'Успешно', 'Успішно', 'Success'),
      row('WRONG_NUMBER', 'Неверный номер', 'Хибний номер', 'Wrong number'),
      row('STOP_CALLING', 'Больше не звонить', 'Більше не дзвонити', 'Stop calling'),
    ],
  },
]
