// WXT writes .wxt/tsconfig.json and the types of this project's own paths; the type check needs them.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const wxt = 'node_modules/wxt/bin/wxt.mjs'
const newNode = 'node_modules/.bin/node'
if (existsSync(wxt)) {
  const node = existsSync(newNode) ? newNode : process.execPath
  const { status } = spawnSync(node, [wxt, 'prepare'], { stdio: 'inherit' })
  process.exit(status ?? 1)
}
