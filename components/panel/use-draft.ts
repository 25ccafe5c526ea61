import { useCallback, useEffect, useRef, useState } from 'react'
import type { AttemptDraft, DraftInput } from '../../lib/contracts/attempt.ts'
import type { ClientLanguage } from '../../lib/contracts/common.ts'
import { emptyInput } from '../../lib/outcomes/empty-input.ts'

/** What is typed, and how often it was changed. */
export interface Typed {
  card: string | null
  attemptId: string | null
  revision: number
  input: DraftInput
}

/**
 * What to show when a state arrives. Typed text of the same attempt wins over anything not newer
 * than itself; another card, a saved attempt or a newer revision replaces it. An attempt that
 * begins takes over what was typed before it began.
 */
export function receive(
  typed: Typed,
  card: string | null,
  draft: AttemptDraft | null,
  language: ClientLanguage,
): Typed {
  const attemptId = draft?.attemptId ?? null
  const isSame = typed.card === card && typed.attemptId === attemptId
  const begins = typed.card === card && typed.attemptId === null && typed.revision > 0
  if (isSame && !draft && (typed.revision > 0 || typed.input.walk.language === language)) {
    return typed
  }
  if (isSame && draft && draft.revision <= typed.revision) return typed
  if (begins && draft && draft.revision <= typed.revision) return { ...typed, attemptId }
  return {
    card,
    attemptId,
    revision: draft?.revision ?? 0,
    input: draft?.input ?? emptyInput(language),
  }
}

/**
 * The operator's typing: local, at once, and sent on every change. `connection` counts the
 * connections to the background; a new one that knows less is told again, since the old
 * background may have died with the last words.
 */
export function useDraft(options: {
  card: string | null
  draft: AttemptDraft | null
  language: ClientLanguage
  connection: number
  send: (input: DraftInput, revision: number) => void
}): { input: DraftInput; revision: number; change: (patch: Partial<DraftInput>) => void } {
  const { card, draft, language, connection, send } = options
  const [typed, setTyped] = useState<Typed>(() =>
    receive(
      { card: null, attemptId: null, revision: 0, input: emptyInput(language) },
      card,
      draft,
      language,
    ),
  )
  // Derived while rendering: no frame shows another card's text.
  const current = receive(typed, card, draft, language)
  if (current !== typed) setTyped(current)

  const latest = useRef({ current, send })
  useEffect(() => {
    latest.current = { current, send }
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each connection and attempt.
  useEffect(() => {
    const { current, send } = latest.current
    if (current.revision > (draft?.revision ?? 0)) send(current.input, current.revision)
  }, [connection, current.attemptId])

  const change = useCallback((patch: Partial<DraftInput>) => {
    const { current, send } = latest.current
    const next = {
      ...current,
      revision: current.revision + 1,
      input: { ...current.input, ...patch },
    }
    latest.current = { current: next, send }
    setTyped(next)
    send(next.input, next.revision)
  }, [])

  return { input: current.input, revision: current.revision, change }
}
