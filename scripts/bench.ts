// `npm run bench`: measures what the product promises about speed, each figure beside a peer or a
// physical limit of the same run. Fails when a hard limit isn't kept (docs/benchmarks.md).
import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { measureContentScript } from '../test/bench/content-script-figures.ts'
import { brokenLimits, type Figure, isMet, ratioTo } from '../test/bench/figure.ts'
import { type Business, describeMachine, watchBusiness } from '../test/bench/machine.ts'
import { measurePanel } from '../test/bench/panel-figures.ts'
import { tableOf } from '../test/bench/print.ts'
import { measureRelay } from '../test/bench/relay-figures.ts'
import { measureRules } from '../test/bench/rules-figures.ts'
import { measureSaving } from '../test/bench/save-figures.ts'
import { setStage } from '../test/bench/stage.ts'
import { ensureChromium } from './set-up/chromium.ts'
import { run, SetUpError } from './set-up/shell.ts'

const USAGE = `npm run bench                    measures everything (about four minutes)
npm run bench -- --only panel    one part: size, rules, relay, panel or save`

const REPORT_FOLDER = '.prozvon/bench'
const PARTS = ['size', 'rules', 'relay', 'panel', 'save'] as const
type Part = (typeof PARTS)[number]

// Ctrl-C ends what was started, in order; nothing may be left running.
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stop.abort())
}

try {
  process.exitCode = await main()
} catch (error) {
  const isExpected = error instanceof SetUpError
  console.error(`\n✖ ${isExpected ? error.message : error instanceof Error ? error.stack : error}`)
  process.exitCode = 1
}
process.exit()

async function main(): Promise<number> {
  const parts = wantedParts()
  if (parts === null) {
    console.log(USAGE)
    return 0
  }
  // The relay needs neither browser nor extension.
  const executablePath = parts.every((part) => part === 'relay') ? '' : await setUpExtension()

  const startedAt = new Date()
  const endOfWatch = watchBusiness()
  const { figures, chromium } = await measure(parts, executablePath)
  const business = endOfWatch()
  const machine = { ...describeMachine(), chromium }

  console.log(`\n${tableOf(figures)}\n`)
  const { cores, processor, memoryGb, system, node } = machine
  console.log(`${cores} × ${processor}, ${memoryGb} GB, ${system}, Node ${node}, ${chromium}`)
  console.log(describe(business, cores))
  writeReport({ startedAt, machine, business, figures })
  const broken = brokenLimits(figures)
  if (broken.length === 0) {
    console.log('All hard limits are kept.')
    return 0
  }
  console.log(`✖ not kept: ${broken.map(({ what }) => what).join('; ')}`)
  return 1
}

async function setUpExtension(): Promise<string> {
  const executablePath = await ensureChromium()
  console.log('Building the extension …')
  if ((await run('wxt', ['build', '--level', 'error'])) !== 0)
    throw new SetUpError('The build failed.')
  return executablePath
}

function describe(business: Business, cores: number): string {
  const { loadBefore, loadAfter, waitedForCores } = business
  const load = `load ${loadBefore} before, ${loadAfter} after`
  const waited =
    waitedForCores === null
      ? ''
      : `; something waited for a core ${Math.round(waitedForCores * 100)} % of the time`
  const isBusy = loadBefore > cores / 2
  return `${load}${waited}${isBusy ? '. Others were at work: milliseconds are worse than alone' : ''}`
}

function wantedParts(): readonly Part[] | null {
  try {
    const { values } = parseArgs({
      options: { only: { type: 'string' }, help: { type: 'boolean', default: false } },
    })
    if (values.help) return null
    if (values.only === undefined) return PARTS
    const part = PARTS.find((name) => name === values.only)
    if (!part) throw new Error(`no such part: ${values.only}`)
    return [part]
  } catch (error) {
    throw new SetUpError(`${error instanceof Error ? error.message : error}\n${USAGE}`)
  }
}

/** What needs no browser comes first, while none is running. */
async function measure(
  parts: readonly Part[],
  executablePath: string,
): Promise<{ figures: Figure[]; chromium: string }> {
  const figures: Figure[] = []
  const take = async (part: Part, measuring: () => Promise<Figure[]>) => {
    if (!parts.includes(part)) return
    console.log(`Measuring: ${part} …`)
    figures.push(...(await measuring()))
  }
  await take('size', measureContentScript)
  await take('rules', measureRules)
  await take('relay', measureRelay)
  if (!parts.includes('panel') && !parts.includes('save')) return { figures, chromium: '' }

  console.log('Starting the stands …')
  const stage = await setStage(executablePath, stop.signal)
  try {
    await take('panel', () => measurePanel(stage))
    await take('save', () => measureSaving(stage))
    return { figures, chromium: await stage.browser.version() }
  } finally {
    await stage.close()
  }
}

function writeReport({
  figures,
  ...rest
}: {
  startedAt: Date
  machine: object
  business: Business
  figures: Figure[]
}): void {
  const judged = figures.map((figure) => ({
    ...figure,
    isMet: isMet(figure),
    beside: figure.beside.map((beside) => ({ ...beside, ratio: ratioTo(figure, beside) })),
  }))
  mkdirSync(REPORT_FOLDER, { recursive: true })
  const path = `${REPORT_FOLDER}/report.json`
  writeFileSync(path, `${JSON.stringify({ ...rest, figures: judged }, null, 2)}\n`)
  console.log(`Written to ${path}`)
}
