import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

/** Where vitest's JSON report of this name goes. */
export function reportPath(name: string): string {
  const path = join('.prozvon/reports', `${name}.json`)
  mkdirSync(dirname(path), { recursive: true })
  return path
}

/** What a JSON report counted; zeros when the run left none. */
export function countVitest(path: string): Counts {
  if (!existsSync(path)) return { passed: 0, failed: 0, skipped: 0 }
  const report = JSON.parse(readFileSync(path, 'utf8')) as Record<string, number>
  return {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  }
}
