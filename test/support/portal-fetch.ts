import { request } from 'node:https'

/**
 * `fetch` for a stand behind a self-signed certificate and a name that no DNS knows: trusts that
 * certificate alone and connects to loopback, whatever the name.
 */
export function portalFetch(certificate: string, port: number): typeof fetch {
  return (input, init) =>
    new Promise((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : input)
      const sending = request(
        {
          host: '127.0.0.1',
          port,
          servername: url.hostname,
          ca: certificate,
          path: `${url.pathname}${url.search}`,
          method: init?.method ?? 'GET',
          headers: { ...Object.fromEntries(new Headers(init?.headers)), host: url.host },
        },
        (answer) => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('end', () =>
            resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 502 })),
          )
        },
      )
      sending.on('error', reject)
      sending.end(typeof init?.body === 'string' ? init.body : undefined)
    })
}
