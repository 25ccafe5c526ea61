import { type DemoOptions, startDemo } from './start.ts'

/** Opens the product on the first lead and stays until Ctrl-C or until the browser is closed. */
export async function showDemo(options: DemoOptions, signal: AbortSignal): Promise<number> {
  console.log('Starting the stands …')
  const demo = await startDemo(options)
  try {
    const browser = await demo.launch({ headless: false })
    await demo.setUp(browser)
    const [page = await browser.newPage()] = await browser.pages()
    await page.goto(`${demo.stands.portal.origin}/crm/lead/details/1/`)
    console.log(WHAT_TO_TRY[options.language])
    await new Promise<void>((resolve) => {
      browser.once('disconnected', () => resolve())
      signal.addEventListener('abort', () => resolve())
      if (signal.aborted) resolve()
    })
    await browser.close().catch(() => {})
  } finally {
    await demo.close()
  }
  console.log('Everything the demo started has ended.')
  return 0
}

const WHAT_TO_TRY = {
  ru: `
Что попробовать:
  1. Лид 1: нажмите номер в карточке. Никто не ответит; через 8 с предложен результат «НЕТ ОТВЕТА». Сохраните.
  2. Лид 2: ответят голосом. Пройдите сценарий, обновите страницу посреди разговора: звонок и текст на месте.
  3. Выберите «КЛИЕНТ ЖДЁТ ЗВОНКА», сохраните и посмотрите, как уходят SMS и письмо.
Ctrl-C заканчивает всё, что запущено.
`,
  uk: `
Що спробувати:
  1. Лід 1: натисніть номер у картці. Ніхто не відповість; за 8 с запропоновано «НЕМАЄ ВІДПОВІДІ». Збережіть.
  2. Лід 2: відповість голос. Пройдіть сценарій, оновіть сторінку посеред розмови: дзвінок і текст на місці.
  3. Оберіть «КЛІЄНТ ЧЕКАЄ НА ДЗВІНОК», збережіть і подивіться, як ідуть SMS та лист.
Ctrl-C завершує все, що запущено.
`,
} as const
