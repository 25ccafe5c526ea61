import { resolve } from 'node:path'
import puppeteer, { type Browser } from 'puppeteer-core'

export interface FirefoxOptions {
  executablePath: string
  extensionPath: string
  profilePath: string
  /** Names that lead to 127.0.0.1; Firefox keeps their ports. */
  localDomains: string[]
  headless: boolean
}

/** The extension's address in Firefox is random per profile; tests give it a fixed one. */
export const FIREFOX_UUID = '5d9c9a4e-3f53-4e0f-9d5c-0f2f6c1a7b11'
const GECKO_ID = 'prozvon@prozvon.app'

/** Starts Firefox with the product's own build installed as a temporary add-on. */
export async function launchFirefox(options: FirefoxOptions): Promise<Browser> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: options.executablePath,
    headless: options.headless,
    acceptInsecureCerts: true,
    userDataDir: options.profilePath,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'network.dns.localDomains': options.localDomains.join(','),
      'extensions.webextensions.uuids': JSON.stringify({ [GECKO_ID]: FIREFOX_UUID }),
      // Prompts can't be answered from outside: optional permissions are granted when asked for.
      'extensions.webextOptionalPermissionPrompts': false,
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.peerconnection.ice.loopback': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
      'media.peerconnection.ice.default_address_only': false,
    },
  })
  await browser.installExtension(resolve(options.extensionPath))
  return browser
}
