import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { launchChromium, serveGallery } from './serve.ts'
import { STATE_NAMES } from './states.ts'

/** The panel beside a 1366×768 page, and on a taller screen. */
const SIZES = [
  { width: 400, height: 708 },
  { width: 400, height: 900 },
]

/** Shoots the states named on the command line, or all of them, into `.prozvon/gallery/`. */
const folder = fileURLToPath(new URL('../../.prozvon/gallery/', import.meta.url))
await mkdir(folder, { recursive: true })
const wanted = process.argv.slice(2)
const names = STATE_NAMES.filter((name) => wanted.length === 0 || wanted.includes(name))
const gallery = await serveGallery()
const browser = await launchChromium()
try {
  const page = await browser.newPage()
  page.on('pageerror', (error) => console.error(error))
  for (const name of names) {
    for (const { width, height } of SIZES) {
      await page.setViewport({ width: name === 'rail' ? 48 : width, height })
      await page.goto(gallery.urlOf(name), { waitUntil: 'load' })
      await page.waitForSelector('#root > *')
      await page.screenshot({ path: `${folder}${name}-${height}.png` })
    }
    console.log(name)
  }
} finally {
  await browser.close()
  await gallery.close()
}
