import type { Language } from '../../lib/contracts/common.ts'

/** What the page can find out. `unknown` = not asked yet. */
export type Finding = 'unknown' | 'granted' | 'prompt' | 'denied' | 'missing'

interface MicrophoneTexts {
  title: string
  why: string
  ask: string
  state: Record<Finding, string>
}

export const TEXTS: Record<Language, MicrophoneTexts> = {
  ru: {
    title: 'Микрофон для звонков',
    why: 'Прозвон включает микрофон только на время звонка. Нажмите кнопку и разрешите доступ в окошке браузера. Если браузер предложит запомнить решение, согласитесь: иначе он будет спрашивать перед каждым звонком.',
    ask: 'Разрешить микрофон',
    state: {
      unknown: '',
      granted: 'Микрофон разрешён. Эту вкладку можно закрыть.',
      prompt: 'Окошко браузера закрыто без ответа. Нажмите кнопку ещё раз и выберите «Разрешить».',
      denied:
        'Микрофон запрещён для расширения. Нажмите значок слева от адреса этой страницы, разрешите микрофон и нажмите кнопку ещё раз.',
      missing:
        'Браузер не видит микрофона. Подключите гарнитуру, проверьте, что её не заняла другая программа, и нажмите кнопку ещё раз.',
    },
  },
  uk: {
    title: 'Мікрофон для дзвінків',
    why: 'Прозвон вмикає мікрофон лише на час дзвінка. Натисніть кнопку й дозвольте доступ у віконці браузера. Якщо браузер запропонує запам’ятати рішення, погодьтеся: інакше він питатиме перед кожним дзвінком.',
    ask: 'Дозволити мікрофон',
    state: {
      unknown: '',
      granted: 'Мікрофон дозволено. Цю вкладку можна закрити.',
      prompt:
        'Віконце браузера закрито без відповіді. Натисніть кнопку ще раз і виберіть «Дозволити».',
      denied:
        'Мікрофон заборонено для розширення. Натисніть значок ліворуч від адреси цієї сторінки, дозвольте мікрофон і натисніть кнопку ще раз.',
      missing:
        'Браузер не бачить мікрофона. Під’єднайте гарнітуру, перевірте, чи не зайняла її інша програма, і натисніть кнопку ще раз.',
    },
  },
  en: {
    title: 'Microphone for calls',
    why: 'Prozvon uses the microphone only during a call. Press the button and allow access in the browser’s prompt. If the browser offers to remember the decision, accept: otherwise it asks before every call.',
    ask: 'Allow the microphone',
    state: {
      unknown: '',
      granted: 'The microphone is allowed. You can close this tab.',
      prompt:
        'The browser’s prompt was closed without an answer. Press the button again and choose “Allow”.',
      denied:
        'The microphone is blocked for the extension. Click the icon to the left of this page’s address, allow the microphone and press the button again.',
      missing:
        'The browser sees no microphone. Plug the headset in, check that no other program holds it, and press the button again.',
    },
  },
}
