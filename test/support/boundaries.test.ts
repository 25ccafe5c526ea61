import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'

/** A tree of its own, laid out like the project's, and inside it: packages are found above. */
let tree: string

beforeEach(() => {
  mkdirSync('.prozvon', { recursive: true })
  tree = mkdtempSync(resolve('.prozvon/boundaries-'))
})
afterEach(() => rmSync(tree, { recursive: true, force: true }))

test.each([
  ['pure-lib-stays-pure', 'lib/outcomes/rule.ts', "import '../outbox/store.ts'"],
  ['pure-lib-stays-pure', 'lib/outcomes/rule.ts', "import 'dexie'"],
  ['contracts-know-only-zod', 'lib/contracts/rule.ts', "import { format } from 'date-fns'"],
  ['lib-is-below', 'lib/bitrix24/rule.ts', "import '../../relay/server.ts'"],
  ['components-are-views', 'components/Rule.tsx', "import { Dexie } from 'dexie'"],
  ['components-are-views', 'components/Rule.tsx', "import { browser } from 'wxt/browser'"],
  ['outbox-knows-effects-not-bitrix24', 'lib/outbox/rule.ts', "import '../bitrix24/client.ts'"],
  ['bitrix24-knows-no-dexie', 'lib/bitrix24/rule.ts', "import { Dexie } from 'dexie'"],
  ['relay-imports-pure-lib-only', 'relay/rule.ts', "import '../lib/outbox/store.ts'"],
  ['nobody-imports-entrypoints', 'lib/softphone/rule.ts', "import '../../entrypoints/main.ts'"],
  ['no-react-in-content-scripts', 'entrypoints/card.content/rule.ts', "import { z } from 'zod'"],
  ['resolvable', 'relay/rule.ts', "import './absent.ts'"],
])('%s: %s may not say %s', async (rule, file, statement) => {
  write('lib/outbox/store.ts', 'export const store = 1')
  write('lib/bitrix24/client.ts', 'export const client = 1')
  write('relay/server.ts', 'export const server = 1')
  write('entrypoints/main.ts', 'export const main = 1')
  // TypeScript of the kind we write must not hide what stands beside it.
  write(file, `${statement}\nexport const value = { a: 1 } satisfies Record<string, number>\n`)
  expect(await violations()).toContainEqual({ rule, from: file })
})

test('two files that import each other are a cycle', async () => {
  write('lib/campaign/a.ts', "import type { B } from './b.ts'\nexport type A = B")
  write('lib/campaign/b.ts', "import type { A } from './a.ts'\nexport type B = A")
  expect(await violations()).toContainEqual({ rule: 'no-cycles', from: 'lib/campaign/a.ts' })
})

test('what is allowed is no violation', async () => {
  write('lib/contracts/card.ts', "import { z } from 'zod'\nexport const Card = z.string()")
  write(
    'lib/outcomes/rule.ts',
    "import { Card } from '../contracts/card.ts'\nexport const a = Card",
  )
  expect(await violations()).toEqual([])
})

function write(file: string, text: string): void {
  mkdirSync(dirname(join(tree, file)), { recursive: true })
  writeFileSync(join(tree, file), text)
}

/** What dependency-cruiser finds there with the project's own rules. */
async function violations(): Promise<{ rule: string; from: string }[]> {
  const run = promisify(execFile)
  const command = resolve('node_modules/.bin/depcruise')
  const config = resolve('.dependency-cruiser.cjs')
  const args = ['--config', config, '--output-type', 'json', '.']
  // With violations it ends with their number, which `execFile` takes for a failure.
  const { stdout } = await run(command, args, { cwd: tree }).catch((error) => error)
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { rule: { name: string }; from: string }[] }
  }
  return summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }))
}
