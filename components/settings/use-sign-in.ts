import { useCallback, useEffect, useRef, useState } from 'react'
import type { SignInProgress } from '../../lib/contracts/account.ts'
import type { AccountActions } from './account-actions.ts'

/** Between two questions that were answered at once, in milliseconds. */
const PAUSE_MS = 1000

export type Progress = SignInProgress | { state: 'starting' }

/**
 * One sign-in: begins it, waits for its end, cancels it. One that was begun before the page was
 * opened is waited for, too.
 */
export function useSignIn(actions: AccountActions, onDone: () => Promise<void>) {
  const [progress, setProgress] = useState<Progress>({ state: 'none' })
  /** The run that may still speak; a newer one, or none, has taken its place otherwise. */
  const run = useRef(0)
  const latest = useRef({ actions, onDone })
  latest.current = { actions, onDone }

  const follow = useCallback(async (): Promise<void> => {
    run.current += 1
    const mine = run.current
    for (;;) {
      const next = await latest.current.actions.wait()
      if (run.current !== mine) return
      if (next?.state === 'done') await latest.current.onDone()
      if (run.current !== mine) return
      if (next) setProgress(next)
      if (next && next.state !== 'waiting') return
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      if (run.current !== mine) return
    }
  }, [])

  useEffect(() => {
    void follow()
    return () => {
      run.current += 1
    }
  }, [follow])

  return {
    progress,
    async begin(address: string): Promise<void> {
      run.current += 1
      setProgress({ state: 'starting' })
      const begun = await actions.begin(address)
      setProgress(begun)
      if (begun.state === 'waiting') await follow()
    },
    async cancel(): Promise<void> {
      run.current += 1
      setProgress({ state: 'none' })
      await actions.cancel()
    },
  }
}
