import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

export type PhonePage = { url: string; close(): Promise<void> }

/** Bundles the test phone's page and serves it on http://localhost, a secure context. */
export async function servePhonePage(): Promise<PhonePage> {
  const script = await bundle(fileURLToPath(new URL('page.ts', import.meta.url)))
  const server = createServer((request, response) => {
    if (request.url === '/page.js') {
      response.setHeader('content-type', 'text/javascript; charset=utf-8').end(script)
    } else {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end('<!doctype html><title>Test phone</title><script src="/page.js"></script>')
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry, formats: ['iife'], name: 'phonePage', fileName: 'page' },
    },
  })
  const [result] = Array.isArray(built) ? built : [built]
  if (!result || !('output' in result)) throw new Error('the bundler watches instead of building')
  return result.output[0].code
}
