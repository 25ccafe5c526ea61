import { createTranslator } from '../../lib/locales/index.ts'
import type { Scene } from './scene.ts'

/** 0. An operator fills in the options page; portal, relay and SIP server say that they know him. */
export const setUp: Scene = async ({ browser, demo, witness, language }) => {
  const t = createTranslator(language)
  await demo.setUp(browser, async (page) => {
    const text = await page.evaluate(() => document.body.innerText)
    const good = text.split(t('options.checkOk')).length - 1
    witness.note('options', 'portal, relay and SIP server accept us', good === 3, text)
    await witness.screenshot(page, '0-options')
  })
  const registered = demo.pbx.registeredUsers()
  witness.note('sip', 'the softphone is registered', registered.length === 1, registered)
  return browser
}
