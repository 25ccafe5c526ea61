import { createContext, useContext } from 'react'
import type { Language } from '../../lib/contracts/common.ts'
import { dayInWords, timeInWords } from '../../lib/locales/dates.ts'
import type { Translate } from '../../lib/locales/index.ts'
import type { PanelDomain } from './domain.ts'

/** What every part of the panel needs: words, rules, the clock and its zones. */
export interface PanelSurroundings {
  t: Translate
  language: Language
  domain: PanelDomain
  /** Epoch milliseconds; moves on once a second. */
  now: number
  /** The campaign's zone. */
  timeZone: string
  /** The client's, when known. */
  clientZone: string | null
}

const Surroundings = createContext<PanelSurroundings | null>(null)
export const PanelProvider = Surroundings.Provider

export function usePanel(): PanelSurroundings {
  const surroundings = useContext(Surroundings)
  if (!surroundings) throw new Error('usePanel outside of PanelProvider')
  return surroundings
}

/** «пт, 27 ноября»: a day of the campaign's calendar. */
export function useDay(): (at: string | number) => string {
  const { language, now, timeZone } = usePanel()
  return (at) => dayInWords(at, now, timeZone, language)
}

/** «завтра, 14:37 (12:37 у клиента)»; the client's clock only where it says something else. */
export function useWhen(options?: { clientClock: boolean }): (at: string | number) => string {
  const { t, language, now, timeZone, clientZone } = usePanel()
  return (at) => {
    const day = dayInWords(at, now, timeZone, language)
    const time = timeInWords(at, timeZone, language)
    const isTold = clientZone !== null && (options?.clientClock ?? true)
    const clientTime = isTold ? timeInWords(at, clientZone, language) : time
    return clientTime === time
      ? t('date.when', { day, time })
      : t('date.whenBoth', { day, time, clientTime })
  }
}
