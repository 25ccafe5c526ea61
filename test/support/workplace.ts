import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { buildFor } from './builds.ts'
import { type ChromiumOptions, launchChromium } from './chromium.ts'
import { setUpExtension } from './set-up-extension.ts'
import { type SipSide, type Stands, type StandsOptions, startStands } from './stands.ts'

export interface WorkplaceOptions<S extends SipSide> extends Omit<StandsOptions<S>, 'language'> {
  language: 'ru' | 'uk'
  /** Chromium's path; Debian's unless told or named by `CHROMIUM`. */
  executablePath?: string
  /** Further names that the browser finds at loopback addresses. */
  hosts?: Record<string, string>
  /** Further public keys that the browser trusts. */
  spkiHashes?: string[]
}

/** An operator's place of work: every stand, and Chromium with the product's own build. */
export interface Workplace<S extends SipSide> {
  stands: Stands<S>
  buildPath: string
  /** Starts Chromium; the second time it finds the profile that the first one left. */
  launch(options?: Partial<Pick<ChromiumOptions, 'headless' | 'seesWorkers'>>): Promise<Browser>
  /** Types the stands' addresses into the options page, as an operator would; `look` sees it done. */
  setUp(browser: Browser, look?: (page: Page) => Promise<void>): Promise<void>
  close(): Promise<void>
}

/** Starts the stands; the profile and all data below `runPath` are new. */
export async function startWorkplace<S extends SipSide>(
  options: WorkplaceOptions<S>,
): Promise<Workplace<S>> {
  const { runPath, language } = options
  const buildPath = buildFor('chromium')
  const stands = await startStands({ ...options, runPath: join(runPath, 'data') })
  const profilePath = join(runPath, 'profile')
  rmSync(profilePath, { recursive: true, force: true })
  return {
    stands,
    buildPath,
    launch: ({ headless = true, seesWorkers = false } = {}) =>
      launchChromium({
        executablePath: options.executablePath ?? process.env.CHROMIUM ?? '/usr/bin/chromium',
        extensionPath: buildPath,
        profilePath,
        hosts: { ...stands.hosts, ...options.hosts },
        spkiHashes: [...stands.spkiHashes, ...(options.spkiHashes ?? [])],
        grantedOrigins: [stands.portal.origin],
        headless,
        seesWorkers,
        fakeMicrophone: headless || !hasMicrophone(),
        language,
      }),
    setUp: (browser, look) => setUpExtension(browser, buildPath, stands.settings, look),
    close: () => stands.close(),
  }
}

/** Whether ALSA knows a capture device; a name such as `pcmC0D0c` ends in «c». */
function hasMicrophone(): boolean {
  return existsSync('/dev/snd') && readdirSync('/dev/snd').some((name) => /^pcm.*c$/.test(name))
}
