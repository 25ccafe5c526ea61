import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { type PhonePage, servePhonePage } from './serve.ts'
import type { TestPhone } from './test-phone.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** The test phone in a real Chromium, with a microphone that beeps once a second. */
export type PhoneDriver = {
  /** Calls one of the phone's functions in the page. */
  do<Name extends keyof TestPhone>(
    name: Name,
    ...args: Parameters<TestPhone[Name]>
  ): Promise<Awaited<ReturnType<TestPhone[Name]>>>
  /** Resolves once the call is in this state. */
  waitForCall(state: 'up' | 'ended'): Promise<void>
  /** Resolves once the INVITE was answered with this status, provisional or final. */
  waitForStatus(status: number): Promise<void>
  /** RMS, 0 … 1, of the next `seconds` of audio that the browser receives. */
  receivedLevel(seconds: number): Promise<number>
  /** Starts over with a fresh page: no registration, no call. */
  reload(): Promise<void>
  close(): Promise<void>
}

/** @param spkiHash of the stand's certificate, the only unknown one that the browser accepts */
export async function startPhone(spkiHash: string | null): Promise<PhoneDriver> {
  const site = await servePhonePage()
  const browser = await puppeteer.launch({
    executablePath: CHROMIUM,
    headless: true,
    pipe: true,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(spkiHash === null ? [] : [`--ignore-certificate-errors-spki-list=${spkiHash}`]),
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  })
  return drive(browser, await browser.newPage(), site)
}

async function drive(browser: Browser, page: Page, site: PhonePage): Promise<PhoneDriver> {
  const open = async () => {
    await page.goto(site.url)
    await page.waitForFunction(() => Boolean(window.testPhone))
  }
  await open()
  const phone: PhoneDriver = {
    do: (name, ...args) =>
      page.evaluate(
        (called, given) => (window.testPhone[called] as (...all: unknown[]) => unknown)(...given),
        name,
        args,
      ) as Promise<never>,
    waitForCall: async (state) => {
      await page.waitForFunction((wanted) => window.testPhone.state().call === wanted, {}, state)
    },
    waitForStatus: async (status) => {
      await page.waitForFunction(
        (wanted) => window.testPhone.state().statuses.includes(wanted),
        {},
        status,
      )
    },
    receivedLevel: async (seconds) => {
      const before = await phone.do('received')
      await page.waitForFunction(
        async (until) => (await window.testPhone.received()).seconds >= until,
        { polling: 100 },
        before.seconds + seconds,
      )
      const after = await phone.do('received')
      return Math.sqrt((after.energy - before.energy) / (after.seconds - before.seconds))
    },
    reload: open,
    close: async () => {
      await browser.close()
      await site.close()
    },
  }
  return phone
}
