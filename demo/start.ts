import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Browser } from 'puppeteer-core'
import type { EmbeddedPbx } from '../test/pbx/embedded/options.ts'
import { startEmbeddedPbx } from '../test/pbx/embedded/server.ts'
import { behaviourOf } from '../test/pbx/number-plan.ts'
import { launchChromium } from '../test/support/chromium.ts'
import { setUpExtension } from '../test/support/set-up-extension.ts'
import { SIP_HOST, type Stands, startStands } from '../test/support/stands.ts'
import { demoCampaign } from './campaign.ts'

export interface DemoOptions {
  executablePath: string
  language: 'ru' | 'uk'
  /** Fixed ports from here on; null takes free ones. */
  portBase: number | null
  /** Where data, profile and logs go, wiped first; `.prozvon/demo` unless told. */
  runPath?: string
}

export interface Demo {
  stands: Stands
  pbx: EmbeddedPbx
  /** Starts Chromium on the demo's profile; the second time it finds what the first one left. */
  launch(options: { headless: boolean }): Promise<Browser>
  /** Types the stands' addresses into the options page, as an operator would. */
  setUp(browser: Browser): Promise<void>
  close(): Promise<void>
}

const BUILD_PATH = resolve('.output/chrome-mv3')
const OPERATOR = { user: '100', password: 'stand-only' }

/** Everything that the demo and its story need. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { portBase } = options
  const runPath = resolve(options.runPath ?? '.prozvon/demo')
  const portAt = (offset: number) => (portBase === null ? 0 : portBase + offset)
  let pbx: EmbeddedPbx | null = null
  const stands = await startStands({
    runPath: join(runPath, 'data'),
    basePath: resolve('demo/base.csv'),
    campaign: demoCampaign(options.language),
    language: options.language,
    ports: { portal: portAt(0), relay: portAt(1), sms: portAt(2), mail: portAt(3) },
    onStart: (name, address) => console.log(`  ${name.padEnd(28)} ${address}`),
    async startSip(tls) {
      pbx = await startEmbeddedPbx({
        host: '127.0.0.1',
        port: portAt(4),
        tls,
        domain: SIP_HOST,
        accounts: [OPERATOR],
        plan: behaviourOf,
      })
      return {
        address: `127.0.0.1:${pbx.port}`,
        account: { domain: SIP_HOST, displayName: '', ...OPERATOR },
        close: pbx.close,
      }
    },
  })
  if (!pbx) throw new Error('the SIP stand did not start')
  const profilePath = join(runPath, 'profile')
  rmSync(profilePath, { recursive: true, force: true })

  return {
    stands,
    pbx,
    launch: ({ headless }) =>
      launchChromium({
        executablePath: options.executablePath,
        extensionPath: BUILD_PATH,
        profilePath,
        hosts: stands.hosts,
        spkiHash: stands.certificate.spkiHash,
        grantedOrigins: [stands.portal.origin],
        headless,
        fakeMicrophone: headless || !hasMicrophone(),
        language: options.language,
      }),
    setUp: (browser) => setUpExtension(browser, BUILD_PATH, stands.settings),
    close: () => stands.close(),
  }
}

/** Whether ALSA knows a capture device; a name such as `pcmC0D0c` ends in «c». */
function hasMicrophone(): boolean {
  return existsSync('/dev/snd') && readdirSync('/dev/snd').some((name) => /^pcm.*c$/.test(name))
}
