import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import type { PortalData } from '../model.ts'
import { renderPage } from './index.ts'
import { sampleData } from './sample-data.ts'
import type { Language, PageContext, PhoneFormat } from './types.ts'

export interface PreviewOptions {
  /** 0 takes any free port. */
  port?: number
  language?: Language
  strictCsp?: boolean
  phoneFormat?: PhoneFormat
}

export interface Preview {
  url: string
  /** The pages' data; changes are seen by the next request. */
  data: PortalData
  stop(): Promise<void>
}

/** The portal's pages alone, with sample data and no REST: for looking at them and for their tests. */
export async function startPreview(options: PreviewOptions = {}): Promise<Preview> {
  const data = sampleData()
  const [user] = data.users
  if (!user) throw new Error('The sample has no user')
  const context: PageContext = {
    data,
    user,
    language: options.language ?? 'ru',
    strictCsp: options.strictCsp ?? false,
    phoneFormat: options.phoneFormat ?? 'bitrix',
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://portal.invalid')
    const reply = renderPage({ url, method: request.method ?? 'GET', body: '' }, context)
    response.writeHead(reply?.status ?? 404, reply?.headers ?? { 'content-type': 'text/plain' })
    response.end(reply?.body ?? 'No such page')
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    data,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8090' },
      language: { type: 'string', default: 'ru' },
      'phone-format': { type: 'string', default: 'bitrix' },
      'strict-csp': { type: 'boolean', default: false },
    },
  })
  const preview = await startPreview({
    port: Number(values.port),
    language: values.language as Language,
    phoneFormat: values['phone-format'] as PhoneFormat,
    strictCsp: values['strict-csp'],
  })
  console.log(preview.url)
}
