import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseFault } from './rest/faults.ts'
import { type PortalOptions, startPortal } from './server.ts'

const USAGE =
  'npm run portal -- --port N [--host NAME] [--tls CERT KEY] [--base FILE.csv] [--data FILE] ' +
  '[--plan standard|enterprise] [--mode classic|simple] [--phone-format FORMAT] ' +
  '[--lang ru|ua|en] [--app-handler URL] [--app-install URL] ' +
  '[--fault KIND[:METHOD][,nth=N][,times=N][,delay=MS]]'

/** Options of rooms that are still to be built. */
const NOT_YET = ['chrome'] as const
const PHONE_FORMATS = ['bitrix', 'callto', 'callto-slashes', 'custom'] as const

try {
  const portal = await startPortal(readOptions(process.argv.slice(2)))
  const { origin, oauth, users } = portal
  const webhook = users.find(({ role }) => role === 'operator')?.webhook
  console.log(JSON.stringify({ origin, webhook, oauth, users }))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void portal.close().then(() => process.exit(0)))
  }
} catch (error) {
  console.error(explain(error))
  process.exitCode = 1
}

function readOptions(args: string[]): PortalOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      tls: { type: 'string' },
      base: { type: 'string' },
      data: { type: 'string' },
      plan: { type: 'string', default: 'standard' },
      lang: { type: 'string', default: 'ru' },
      mode: { type: 'string', default: 'classic' },
      'phone-format': { type: 'string', default: 'bitrix' },
      fault: { type: 'string', multiple: true },
      chrome: { type: 'string' },
      'app-handler': { type: 'string' },
      'app-install': { type: 'string' },
    },
  })
  const { plan, lang, mode } = values
  for (const name of NOT_YET) {
    if (values[name] !== undefined) throw new Error(`--${name} does nothing yet`)
  }
  if (mode !== 'classic' && mode !== 'simple') throw new Error(`unknown mode: ${mode}`)
  const phoneFormat = PHONE_FORMATS.find((one) => one === values['phone-format'])
  if (!phoneFormat) throw new Error(`unknown phone format: ${values['phone-format']}`)
  const port = Number(values.port ?? Number.NaN)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`usage: ${USAGE}`)
  if (plan !== 'standard' && plan !== 'enterprise') throw new Error(`unknown plan: ${plan}`)
  if (lang !== 'ru' && lang !== 'ua' && lang !== 'en') throw new Error(`unknown language: ${lang}`)
  return {
    port,
    plan,
    language: lang,
    ...readUrl('app-handler', 'appHandler', values['app-handler']),
    ...readUrl('app-install', 'appInstall', values['app-install']),
    crmMode: mode,
    phoneFormat,
    faults: (values.fault ?? []).map(parseFault),
    ...(values.host ? { hostName: values.host } : {}),
    ...(values.tls ? { tls: readTls(values.tls, positionals) } : {}),
    ...(values.base ? { basePath: values.base } : {}),
    ...(values.data ? { dataPath: values.data } : {}),
  }
}

function readUrl(option: string, key: 'appHandler' | 'appInstall', value: string | undefined) {
  if (value === undefined) return {}
  const isAddress = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
  if (!isAddress) throw new Error(`--${option} needs an http or https address`)
  return { [key]: value }
}

/** `--tls CERT KEY`: the key is what stands after it. */
function readTls(certPath: string, [keyPath]: string[]): { key: string; cert: string } {
  if (!keyPath) throw new Error('--tls needs two files: CERT KEY')
  return { cert: readFileSync(certPath, 'utf8'), key: readFileSync(keyPath, 'utf8') }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'portal: unknown error'
  const { code, path, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE') return `portal: port ${port} is in use`
  if (code === 'EACCES' && port) return `portal: port ${port} needs more rights`
  if (code === 'ENOENT') return `portal: no such file: ${path}`
  return `portal: ${error.message.split('\n', 1)[0]}`
}
