import { spawnSync } from 'node:child_process'
import { isLoopbackOnly } from '../pbx/namespace.ts'

/**
 * Why tests of these programs can't run here, or null when they can: each is asked for its
 * version, and the network must be the loopback-only namespace.
 */
export function whyLeftOut(programs: readonly string[]): string | null {
  const missing = programs.filter(
    (program) => spawnSync(program, ['-v'], { timeout: 10_000 }).error !== undefined,
  )
  if (missing.length > 0) return `${missing.join(', ')} not installed (test/pbx/packages.ts)`
  if (isLoopbackOnly()) return null
  return 'not in the loopback-only namespace; use node test/pbx/run-in-namespace.ts -- <command>'
}
