import { fileURLToPath } from 'node:url'
import puppeteer, { type Browser } from 'puppeteer-core'
import { createServer } from 'vite'

/** A gallery that is being served: `urlOf` gives the page of a state. */
export interface GalleryServer {
  urlOf: (state: string) => string
  close: () => Promise<void>
}

/** Serves the gallery on a free port of this machine. */
export async function serveGallery(): Promise<GalleryServer> {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'error',
    cacheDir: fileURLToPath(new URL('../../.prozvon/vite-gallery', import.meta.url)),
    server: {
      host: '127.0.0.1',
      port: 0,
      hmr: false,
      watch: null,
      fs: { allow: [fileURLToPath(new URL('../..', import.meta.url))] },
    },
  })
  await server.listen()
  const address = server.httpServer?.address()
  if (!address || typeof address === 'string') throw new Error('the gallery has no port')
  return {
    urlOf: (state) => `http://127.0.0.1:${address.port}/?state=${state}`,
    close: () => server.close(),
  }
}

/** Headless Chromium; `PROZVON_CHROMIUM` names another one than the system's. */
export function launchChromium(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: process.env.PROZVON_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--force-color-profile=srgb'],
    // Chromium takes the format of date fields from here.
    env: { ...process.env, LANGUAGE: 'ru' },
  })
}
