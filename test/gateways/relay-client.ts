import { RelayMessage, type RelayMessageRequest } from '../../lib/contracts/relay-api.ts'

/** Speaks to a relay as the extension does: for tests. */
export function relayClient(address: string, token: string) {
  const authorization = `Bearer ${token}`
  const post = (body: RelayMessageRequest | string, headers: Record<string, string>) =>
    fetch(`${address}/v1/messages`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const get = (path: string) => fetch(`${address}${path}`, { headers: { authorization } })
  return {
    get,
    post,
    send: (body: RelayMessageRequest, key: string) => post(body, { 'idempotency-key': key }),

    /** Sends and returns the message; throws when it is not taken. */
    async sent(body: RelayMessageRequest, key: string): Promise<RelayMessage> {
      const response = await post(body, { 'idempotency-key': key })
      if (response.status !== 202) throw new Error(`not taken: ${await response.text()}`)
      return RelayMessage.parse(await response.json())
    },

    /** Long-polls until the message meets the condition; the test's own time limit ends the wait. */
    async until(id: string, isDone: (message: RelayMessage) => boolean): Promise<RelayMessage> {
      let since = ''
      for (;;) {
        const response = await get(`/v1/messages/${id}?waitSeconds=${since ? 2 : 0}${since}`)
        const message = RelayMessage.parse(await response.json())
        if (isDone(message)) return message
        since = `&since=${message.state}`
      }
    },
  }
}
