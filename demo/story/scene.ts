import type { Browser, Page } from 'puppeteer-core'
import type { PanelDriver } from '../../test/support/panel-driver.ts'
import type { Witness } from '../report.ts'
import type { Demo } from '../start.ts'

/** What a scene of the story plays with. */
export interface Stage {
  browser: Browser
  demo: Demo
  witness: Witness
  language: 'ru' | 'uk'
  openLead(id: number): Promise<{ page: Page; panel: PanelDriver }>
}

/** Plays one part; answers the browser that is running afterwards. */
export type Scene = (stage: Stage) => Promise<Browser>
