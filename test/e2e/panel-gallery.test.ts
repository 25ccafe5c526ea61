import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GalleryServer, launchChromium, serveGallery } from '../gallery/serve.ts'
import { STATE_NAMES } from '../gallery/states.ts'

const require = createRequire(import.meta.url)
let gallery: GalleryServer
let browser: Browser
let page: Page
let axe: string

beforeAll(async () => {
  gallery = await serveGallery()
  browser = await launchChromium()
  page = await browser.newPage()
  await page.setViewport({ width: 400, height: 708 })
  axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8')
})
afterAll(async () => {
  await browser?.close()
  await gallery?.close()
})

async function open(state: string) {
  await page.goto(gallery.urlOf(state), { waitUntil: 'load' })
  await page.waitForSelector('#root > *')
  await page.evaluate(axe)
}

/** Rules broken on the page, each with the elements that break it. */
async function violations(): Promise<string[]> {
  const results = (await page.evaluate('axe.run()')) as AxeResults
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' | ')}`)
}

/** Names of what the panel asked for. */
const asked = () => page.evaluate(() => window.asked.map(({ name }) => name))
const lastInput = () => page.evaluate(() => window.asked.at(-1)?.values[1] as { outcome: string })

async function press(modifier: 'Alt' | 'Control' | 'Shift', key: 'Digit2' | 'Enter' | 'Slash') {
  await page.keyboard.down(modifier)
  await page.keyboard.press(key)
  await page.keyboard.up(modifier)
}

describe('every state is accessible', () => {
  test.each(STATE_NAMES)('%s', async (name) => {
    await open(name)
    expect(await violations()).toEqual([])
  })

  test.each([
    ['result-no-answer', 'details'],
    ['result-waits-uk', 'details'],
  ])('%s with all of it unfolded', async (name) => {
    await open(name)
    await page.$$eval('details', (all) => {
      for (const details of all) details.open = true
    })
    expect(await violations()).toEqual([])
  })

  test('nothing is wider than the panel, from its narrowest on', async () => {
    await page.setViewport({ width: 320, height: 708 })
    for (const name of STATE_NAMES) {
      await open(name)
      const width = await page.evaluate(() => {
        const content = document.querySelector('#panel-content')
        const roots = [document.documentElement, ...(content ? [content] : [])]
        return Math.max(...roots.map((root) => root.scrollWidth))
      })
      expect(width, name).toBeLessThanOrEqual(320)
    }
    await page.setViewport({ width: 400, height: 708 })
  })
})

describe('the whole work goes by keyboard', () => {
  test('a digit answers the script', async () => {
    await open('talking-uk')
    await page.keyboard.press('Digit1')
    expect(await asked()).toEqual(['changeDraft'])
    expect(await page.$eval('#script-step', (title) => title.textContent)).toBe('Завершення')
    await page.keyboard.press('Backspace')
    expect(await page.$eval('#script-step', (title) => title.textContent)).toBe('Презентація')
  })

  test('keys call, mute, hold and hang up', async () => {
    await open('ready')
    await page.keyboard.press('KeyG')
    expect(await asked()).toEqual(['call'])
    await open('talking-dark')
    await page.keyboard.press('KeyV')
    await page.keyboard.press('KeyE')
    await page.keyboard.press('KeyN')
    expect(await asked()).toEqual(['mute', 'hold', 'hangUp'])
  })

  test('Alt and a digit choose a result, Ctrl+Enter saves it while a comment is typed', async () => {
    await open('result-no-answer')
    await press('Alt', 'Digit2')
    expect((await lastInput()).outcome).not.toBe('no_answer')
    await open('result-no-answer')
    await page.keyboard.press('KeyR')
    await page.waitForFunction(() => document.activeElement?.id === 'outcome-note')
    await page.keyboard.type('g2')
    expect(await page.$eval('#outcome-note', (note) => (note as HTMLTextAreaElement).value)).toBe(
      'g2',
    )
    await press('Control', 'Enter')
    await page.waitForFunction(() => window.asked.some(({ name }) => name === 'save'))
    expect(await asked()).not.toContain('call')
  })

  test('an objection: one key, its first letters, the four moves; Esc returns to the step', async () => {
    await open('talking-dark')
    await page.keyboard.press('KeyD')
    await page.waitForSelector('dialog[open]')
    await page.keyboard.type('дор')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelector('dialog h2')?.textContent === 'Дорого')
    expect(await violations()).toEqual([])
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => !document.querySelector('dialog'))
    expect(await page.$eval('#script-step', (title) => title.textContent)).toBe('Презентация')
  })

  test('? shows the card of keys', async () => {
    await open('ready')
    await press('Shift', 'Slash')
    await page.waitForSelector('dialog[open]')
    expect(await violations()).toEqual([])
  })

  test('Tab walks through everything and out again: no trap', async () => {
    await open('talking-uk')
    const seen = new Set<string>()
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => {
        const element = document.activeElement
        return element === document.body ? 'body' : (element?.outerHTML.slice(0, 160) ?? '')
      })
      if (seen.has(focused)) break
      seen.add(focused)
    }
    const reachable = await page.$$eval(
      'button:not([tabindex="-1"]), input, textarea',
      (all) => all.length,
    )
    expect(seen.size).toBeGreaterThanOrEqual(reachable)
    expect(seen).toContain('body')
  })
})
