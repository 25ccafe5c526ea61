import type { ServerResponse } from 'node:http'

/** Aborts when the client goes away, so that nobody is waited for in vain. */
export function closedBy(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  return controller.signal
}
