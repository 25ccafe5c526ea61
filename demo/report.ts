import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'

/** One thing that had to be seen, where it was looked for, and what was there. */
export interface Sight {
  what: string
  /** `panel`, `portal`, `sip`, `sms`, `mail`. */
  where: string
  seen: boolean
  /** What was found there, for whoever reads the report. */
  found: unknown
}

export interface Step {
  name: string
  passed: boolean
  seconds: number
  sights: Sight[]
  error: string | null
  screenshots: string[]
}

export interface Witness {
  /** Notes whether something was seen; the step fails when it was not. */
  note(where: Sight['where'], what: string, seen: boolean, found?: unknown): void
  screenshot(page: Page, name: string): Promise<void>
}

/** Runs steps, notes what each saw, and writes it all down. */
export class StoryReport {
  readonly steps: Step[] = []
  private readonly folder: string

  constructor(folder: string) {
    this.folder = folder
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }

  /** Plays one step; a step after a failed one is not played, since each leans on the last. */
  async play(name: string, act: (witness: Witness) => Promise<void>): Promise<void> {
    if (this.steps.some(({ passed }) => !passed)) return
    const startedAt = Date.now()
    const step: Step = { name, passed: false, seconds: 0, sights: [], error: null, screenshots: [] }
    this.steps.push(step)
    try {
      await act({
        note: (where, what, seen, found = null) => step.sights.push({ where, what, seen, found }),
        screenshot: async (page, file) => {
          const path = join(this.folder, `${file}.png`) as `${string}.png`
          // Colours that are on their way to others look like mistakes in a picture.
          await new Promise((resolve) => setTimeout(resolve, 300))
          await page.screenshot({ path })
          step.screenshots.push(path)
        },
      })
      step.passed = step.sights.length > 0 && step.sights.every(({ seen }) => seen)
    } catch (error) {
      step.error = error instanceof Error ? error.message : String(error)
    }
    step.seconds = Math.round((Date.now() - startedAt) / 100) / 10
    console.log(tableRow(step))
    for (const { where, what, found } of step.sights.filter(({ seen }) => !seen)) {
      console.log(`    ✖ ${where}: ${what}; found ${JSON.stringify(found)?.slice(0, 600)}`)
    }
    if (step.error) console.log(`    ✖ ${step.error}`)
  }

  /** Writes `report.json`; true when every planned step was played and passed. */
  finish(planned: number): boolean {
    const passed = this.steps.filter((step) => step.passed).length
    const ok = passed === planned
    const report = { passed: ok, planned, steps: this.steps }
    writeFileSync(join(this.folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
    console.log(`${passed} of ${planned} steps passed · ${join(this.folder, 'report.json')}`)
    return ok
  }
}

function tableRow({ name, passed, seconds, sights }: Step): string {
  const seen = `${sights.filter((sight) => sight.seen).length}/${sights.length} seen`
  return `${passed ? '✔' : '✖'} ${name.padEnd(58)} ${seen.padStart(11)}  ${seconds.toFixed(1).padStart(6)} s`
}
