import { randomUUID } from 'node:crypto'
import type { Action } from '../../lib/contracts/relay-actions.ts'

/** An action by the contract; `change` replaces what a test is about. */
export function actionFixture(change: Partial<Action> = {}): Action {
  return {
    id: randomUUID(),
    at: '2026-03-05T09:00:00.000Z',
    by: 'person',
    campaign: { id: 'fixture', version: 1 },
    card: { portal: 'https://portal.example', kind: 'lead', id: 12 },
    attemptId: '3f0e8f4c-5d57-4c36-9b76-1b5f5a2d7a10',
    event: { kind: 'script.step', step: 'greeting', answer: 'talks' },
    personal: null,
    ...change,
  }
}

/** Speaks to the action log as the extension does: for tests. */
export function actionClient(address: string, token: string) {
  const headers = { authorization: `Bearer ${token}` }
  return {
    headers,
    post: (actions: readonly unknown[]) =>
      fetch(`${address}/v1/actions`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ sentAt: new Date().toISOString(), actions }),
      }),
    get: (query = '') => fetch(`${address}/v1/actions${query}`, { headers }),
  }
}
