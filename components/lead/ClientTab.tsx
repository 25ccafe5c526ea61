import type { CallFacts } from '../../lib/contracts/attempt.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import { timeInWords } from '../../lib/locales/dates.ts'
import { useDay, usePanel, useWhen } from '../panel/context.ts'
import type { Standing } from '../panel/domain.ts'
import { Icon } from '../ui/Icon.tsx'
import { adviceOf } from './advice.ts'
import styles from './ClientTab.module.css'
import { History } from './History.tsx'
import { PhoneChoice } from './PhoneChoice.tsx'

/** Before the call: what to do, which number, what happened before, what is promised. */
export function ClientTab({
  state,
  card,
  standing,
  number,
  onNumber,
  onReload,
}: {
  state: PanelState
  card: NonNullable<PanelState['card']>
  standing: Standing | null
  number: string | null
  onNumber: (raw: string) => void
  onReload: () => void
}) {
  const { t, domain, now } = usePanel()
  return (
    <div className={styles.tab}>
      {state.campaign && standing && !standing.stopList && card.details && (
        <Now state={state} standing={standing} />
      )}
      <PhoneChoice
        phones={card.details?.phones ?? card.snapshot.phones}
        calls={callsOf(state)}
        stopOf={(number) => domain.stopsFor(state, number, now)[0]}
        chosen={number}
        onChoose={onNumber}
        onReload={onReload}
      />
      {card.todos.length > 0 && <Todos todos={card.todos} />}
      <section className={styles.section}>
        <h2>{t('lead.history')}</h2>
        {card.reading === 'loading' && card.history.length === 0 ? (
          <p className={styles.quiet}>{t('card.loading')}</p>
        ) : (
          <History records={card.history} campaign={state.campaign} />
        )}
      </section>
    </div>
  )
}

/** Calls that this browser still knows: of the attempt in hand, else of the last saved one. */
function callsOf(state: PanelState): CallFacts[] {
  if (state.draft) return state.draft.calls
  return (state.ledger?.effects ?? []).flatMap(({ effect }) =>
    effect.type === 'call_record' && effect.call ? [effect.call] : [],
  )
}

function Now({ state, standing }: { state: PanelState; standing: Standing }) {
  const { t, domain, now, clientZone, language } = usePanel()
  const when = useWhen()
  const day = useDay()
  const hours = domain.callHours(state, now)
  const advice = adviceOf(state, standing, hours, now)
  return (
    <div className={`${styles.now} ${styles[advice.tone]}`}>
      <Icon name={advice.tone === 'danger' ? 'stop' : 'forward'} />
      <p>
        <strong>
          {t(advice.key, {
            when: advice.at ? (advice.key === 'advice.tooSoon' ? day : when)(advice.at) : '',
            n: standing.attempt,
            max: standing.attempts,
            from: hours?.from ?? '',
            time: clientZone ? timeInWords(now, clientZone, language) : '',
          })}
        </strong>
        {hours?.now === 'within' && (
          <span className={styles.until}>{t('lead.callUntil', { time: hours.until })}</span>
        )}
      </p>
    </div>
  )
}

function Todos({ todos }: { todos: NonNullable<PanelState['card']>['todos'] }) {
  const { t, now } = usePanel()
  const when = useWhen()
  return (
    <section className={styles.section}>
      <h2>{t('lead.todos')}</h2>
      <ul className={styles.todos}>
        {todos.map((todo) => (
          <li key={todo.id}>
            <Icon name="task" size={16} />
            <span className={styles.todoTitle}>{todo.title}</span>
            <span className={styles.deadline}>
              {todo.deadline ? when(todo.deadline) : t('lead.noDeadline')}
              {todo.deadline && Date.parse(todo.deadline) < now && (
                <b className={styles.overdue}> {t('lead.overdue')}</b>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
