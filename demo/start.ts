import { resolve } from 'node:path'
import type { EmbeddedPbx } from '../test/pbx/embedded/options.ts'
import { type EmbeddedSip, embeddedSip } from '../test/support/sip-sides.ts'
import { startWorkplace, type Workplace } from '../test/support/workplace.ts'
import { demoCampaign } from './campaign.ts'

export interface DemoOptions {
  executablePath: string
  language: 'ru' | 'uk'
  /** Fixed ports from here on; null takes free ones. */
  portBase: number | null
}

export interface Demo extends Workplace<EmbeddedSip> {
  pbx: EmbeddedPbx
}

/** Everything that the demo and its story need. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { portBase, ...browser } = options
  const portAt = (offset: number) => (portBase === null ? 0 : portBase + offset)
  const workplace = await startWorkplace({
    ...browser,
    runPath: resolve('.prozvon/demo'),
    basePath: resolve('demo/base.csv'),
    campaign: demoCampaign(options.language),
    ports: { portal: portAt(0), relay: portAt(1), sms: portAt(2), mail: portAt(3) },
    onStart: (name, address) => console.log(`  ${name.padEnd(28)} ${address}`),
    startSip: embeddedSip({ port: portAt(4) }),
  })
  return { ...workplace, pbx: workplace.stands.sip.pbx }
}
