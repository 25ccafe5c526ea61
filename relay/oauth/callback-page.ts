import type { SignInRequest } from '../../lib/contracts/relay-sign-in.ts'
import type { Completed } from './complete-sign-in.ts'

type Language = SignInRequest['language']
type Outcome = Completed['outcome']

/** For whoever comes back in the browser's tab; what went wrong in detail, the panel says. */
const TEXTS: Record<Language, Record<Outcome, string>> = {
  ru: {
    done: 'Вы вошли. Эту вкладку можно закрыть.',
    expired: 'Время входа истекло или он начат в другом месте. Начните вход ещё раз в расширении.',
    failed: 'Войти не удалось. Причину покажет расширение. Эту вкладку можно закрыть.',
  },
  uk: {
    done: 'Ви увійшли. Цю вкладку можна закрити.',
    expired: 'Час входу минув або його розпочато в іншому місці. Почніть вхід ще раз у розширенні.',
    failed: 'Увійти не вдалося. Причину покаже розширення. Цю вкладку можна закрити.',
  },
  en: {
    done: 'You are signed in. You may close this tab.',
    expired: 'This sign-in is over, or was begun elsewhere. Begin again in the extension.',
    failed: 'Signing in failed. The extension tells why. You may close this tab.',
  },
}

const STATUS: Record<Outcome, number> = { done: 200, expired: 410, failed: 403 }

/** Its address holds a code: nothing is loaded, nothing runs, nothing is told where it came from. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

/** A plain page of fixed texts: nothing of the request stands in it. */
export function callbackPage({ language, outcome }: Completed): { status: number; html: string } {
  const lang = language ?? 'en'
  const languages: Language[] = language ? [language] : ['ru', 'uk', 'en']
  const lines = languages.map((one) => `<p lang="${one}">${TEXTS[one][outcome]}</p>`).join('')
  const html = `<!DOCTYPE html>
<html lang="${lang}"><head><meta charset="utf-8"><title>Prozvon</title></head><body><main>${lines}</main></body></html>`
  return { status: STATUS[outcome], html }
}
