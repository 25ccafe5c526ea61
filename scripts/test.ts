// `npm test`: all the set-up, then every check, quick ones first. The last line is
// `N passed, N failed`; what could not be checked here is named with its reason.
import { rmSync } from 'node:fs'
import { GATEWAY_PACKAGES } from '../test/gateways/packages.ts'
import { NAMESPACE_PACKAGES, SIP_STAND_PACKAGES } from '../test/pbx/packages.ts'
import { POSTGRES_PACKAGES } from '../test/support/packages.ts'
import { ensureChromium } from './set-up/chromium.ts'
import { installPackages, isDebian } from './set-up/debian-packages.ts'
import { isRoot, rootPrefix, run, SetUpError } from './set-up/shell.ts'
import { type Counts, countVitest, reportPath } from './set-up/vitest-report.ts'

/** Beside Chromium, which is looked for by itself. */
const PACKAGES = [
  'firefox-esr',
  ...NAMESPACE_PACKAGES,
  ...SIP_STAND_PACKAGES,
  ...GATEWAY_PACKAGES,
  ...POSTGRES_PACKAGES,
]

const total: Counts = { passed: 0, failed: 0, skipped: 0 }
const failures: string[] = []
const skips: string[] = []

rmSync('.prozvon/reports', { recursive: true, force: true })

const hasBrowsers = await setUpBrowsers()

await check('Format and lint', 'biome', ['check', '--error-on-warnings', '.'])
await check('Types: extension', 'tsc', ['-p', 'tsconfig.json'])
await check('Types: relay, stands, scripts', 'tsc', ['-p', 'tsconfig.node.json'])
await check('Import boundaries', 'npm', ['run', '--silent', 'boundaries'])
await suite('Unit tests', 'unit', ['vitest', 'run', '--config', 'vitest.config.ts'])
await check('Build: Chromium', 'wxt', ['build'])
await check('Build: Firefox', 'wxt', ['build', '-b', 'firefox'])

if (hasBrowsers) {
  await suite('Browser tests', 'browser', [
    ...['node', 'test/pbx/run-in-namespace.ts', '--'],
    ...['vitest', 'run', '--config', 'vitest.browser.config.ts'],
  ])
}

for (const skip of skips) console.log(`– skipped: ${skip}`)
for (const failure of failures) console.log(`✖ ${failure}`)
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`,
)
process.exit(total.failed === 0 ? 0 : 1)

/** One command that passes or fails as a whole. */
async function check(title: string, command: string, args: string[]): Promise<void> {
  const seconds = stopwatch()
  console.log(`\n▶ ${title}`)
  const ok = (await run(command, args)) === 0
  total[ok ? 'passed' : 'failed']++
  if (!ok) failures.push(title)
  console.log(`${ok ? '✔' : '✖'} ${title} (${seconds()} s)`)
}

/** A vitest run, whose tests are counted one by one. */
async function suite(
  title: string,
  name: string,
  [command = '', ...args]: string[],
): Promise<void> {
  const seconds = stopwatch()
  console.log(`\n▶ ${title}`)
  const report = reportPath(name)
  const status = await run(command, [
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const counts = countVitest(report)
  total.passed += counts.passed
  total.skipped += counts.skipped
  // A run that broke off without a failed test failed all the same.
  const failed = counts.failed || (status === 0 ? 0 : 1)
  total.failed += failed
  if (failed) failures.push(`${title}: ${failed} failed`)
  console.log(`${failed ? '✖' : '✔'} ${title} (${seconds()} s)`)
}

/** Browsers and stands from Debian's packages; false, with the reason noted, where there are none. */
async function setUpBrowsers(): Promise<boolean> {
  if (!isDebian())
    return skip('browser tests: this machine has no apt-get (they need Debian’s packages)')
  if (!isRoot && !rootPrefix()) return skip('browser tests: not root and no sudo, so no packages')
  try {
    await ensureChromium()
    await installPackages(PACKAGES)
    return true
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error
    console.error(`✖ ${error.message}`)
    total.failed++
    failures.push('Debian packages')
    return false
  }
}

function skip(reason: string): false {
  skips.push(reason)
  total.skipped++
  return false
}

function stopwatch(): () => string {
  const startedAt = Date.now()
  return () => ((Date.now() - startedAt) / 1000).toFixed(1)
}
