import type { CardStop } from '../../lib/contracts/panel-stop-list.ts'
import { useDay, usePanel } from '../panel/context.ts'

/** «Стоп-лист: попросил клиент (пн, 2 марта). Действует для всех кампаний заказчика, бессрочно.» */
export function useStopText(): (stop: CardStop) => string {
  const { t } = usePanel()
  const day = useDay()
  return ({ subject, entry }) => {
    const { term } = entry
    return t('stopList.why', {
      whom: t(subject.kind === 'company' ? 'stopList.whom.company' : 'stopList.whom.number'),
      source: t(`stopList.source.${entry.source}`),
      day: day(entry.enteredAt),
      scope: t(`stopList.scope.${entry.scope.kind}`),
      term: t(`stopList.term.${term.kind}`, {
        day: term.kind === 'until' ? day(term.until) : '',
      }),
    })
  }
}
