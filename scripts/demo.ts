// `npm run demo`: builds the extension, starts the stands, opens Chromium on the first lead.
// `npm run demo -- --headless` plays the whole story by itself and checks it at the far ends.
import { parseArgs } from 'node:util'
import { playStory } from '../demo/play-story.ts'
import { showDemo } from '../demo/show-demo.ts'
import { ensureChromium } from './set-up/chromium.ts'
import { run, SetUpError } from './set-up/shell.ts'

const USAGE = `npm run demo                      opens Chromium on the first lead
npm run demo -- --headless        plays the story by itself and reports on it
npm run demo -- --language uk     in Ukrainian (ru is the default)
npm run demo -- --port-base 8800  fixed ports from here on, instead of free ones`

// Ctrl-C ends what was started, in order; nothing may be left running.
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stop.abort())
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(`\n✖ ${explain(error)}`)
  process.exitCode = 1
}
process.exit()

async function main(): Promise<number> {
  const { values } = parseArguments()
  if (values.help) {
    console.log(USAGE)
    return 0
  }
  const language = values.language === 'uk' ? 'uk' : 'ru'
  const portBase = values['port-base'] === undefined ? null : Number(values['port-base'])
  if (portBase !== null && !(portBase >= 1024 && portBase <= 65_000)) {
    throw new SetUpError('--port-base takes a number from 1024 to 65000')
  }
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  if (!values.headless && process.platform === 'linux' && !hasDisplay) {
    throw new SetUpError(
      'There is no display here. Watch it without one: npm run demo -- --headless',
    )
  }
  const executablePath = await ensureChromium()
  console.log('Building the extension …')
  if ((await run('wxt', ['build', '--level', 'error'])) !== 0)
    throw new SetUpError('The build failed.')
  const options = { executablePath, language, portBase } as const
  return values.headless ? playStory(options, stop.signal) : showDemo(options, stop.signal)
}

function parseArguments() {
  try {
    return parseArgs({
      options: {
        headless: { type: 'boolean', default: false },
        language: { type: 'string', default: 'ru' },
        'port-base': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new SetUpError(`${error instanceof Error ? error.message : error}\n${USAGE}`)
  }
}

/** What went wrong, in one line that says what to do; a stack only for what nobody expected. */
function explain(error: unknown): string {
  if (error instanceof SetUpError) return error.message
  const { code, port } = error as { code?: string; port?: number }
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. Leave --port-base out (free ports are then taken), or choose another one.`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
