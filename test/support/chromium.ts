import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import puppeteer, { type Browser } from 'puppeteer-core'

export interface ChromiumOptions {
  executablePath: string
  extensionPath: string
  /** Kept between launches: what a browser restart must find again. */
  profilePath: string
  /** `portal.bitrix24.test` → `127.0.0.1:8443`. */
  hosts: Record<string, string>
  /** SHA-256 of the stands' public keys: those certificates are trusted, no others. */
  spkiHashes: string[]
  /** Origins that the user has allowed the extension to work on. */
  grantedOrigins: string[]
  headless: boolean
  /** A microphone that beeps; needed where no real one is. */
  fakeMicrophone: boolean
  /** Lets puppeteer see the service worker, which a debugger keeps from falling asleep. */
  seesWorkers?: boolean
  windowSize?: { width: number; height: number }
  language?: string
}

/** The id that Chromium gives an unpacked extension: its path's hash in the letters a to p. */
export function extensionIdOf(extensionPath: string): string {
  const hash = createHash('sha256').update(resolve(extensionPath)).digest('hex').slice(0, 32)
  return [...hash].map((digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]).join('')
}

/**
 * Starts Chromium with the product's own build. Permission prompts can't be answered from outside,
 * so the profile already holds the answers a user would have given: the portal's origin and the
 * microphone.
 */
export async function launchChromium(options: ChromiumOptions): Promise<Browser> {
  const { width, height } = options.windowSize ?? { width: 1366, height: 768 }
  writePermissions(options)
  const mapped = Object.entries(options.hosts).map(([host, address]) => `MAP ${host} ${address}`)
  return puppeteer.launch({
    executablePath: options.executablePath,
    headless: options.headless,
    pipe: true,
    // Whoever started the browser ends it, after what else has to be ended.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    userDataDir: options.profilePath,
    enableExtensions: [resolve(options.extensionPath)],
    defaultViewport: options.headless ? { width, height } : null,
    // On Linux the browser's own texts (date fields, say) follow this and not the flag.
    env: { ...process.env, LANGUAGE: options.language ?? 'ru' },
    targetFilter: (target) => options.seesWorkers || target.type() !== 'service_worker',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(options.headless ? ['--disable-gpu'] : []),
      ...(options.fakeMicrophone ? ['--use-fake-device-for-media-stream'] : []),
      `--window-size=${width},${height}`,
      `--lang=${options.language ?? 'ru'}`,
      `--host-resolver-rules=${mapped.join(', ')}`,
      `--ignore-certificate-errors-spki-list=${options.spkiHashes.join(',')}`,
      // The stands are on loopback, which WebRTC leaves out by default.
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-quic',
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/**
 * Chromium takes an unpacked extension for newly installed at each start and forgets the origins
 * it was given; a packed one keeps them. So they are written each time, as for a new one; what the
 * extension has stored lies elsewhere.
 */
function writePermissions({ profilePath, extensionPath, grantedOrigins }: ChromiumOptions): void {
  const path = join(profilePath, 'Default', 'Preferences')
  const id = extensionIdOf(extensionPath)
  const manifest = JSON.parse(readFileSync(join(extensionPath, 'manifest.json'), 'utf8')) as {
    permissions: string[]
  }
  const permissions = {
    api: manifest.permissions,
    explicit_host: grantedOrigins.map((origin) => `${origin}/*`),
    manifest_permissions: [],
    scriptable_host: [],
  }
  const preferences: Tree = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
  const extensions = branch(preferences, 'extensions', 'settings')
  extensions[id] = { granted_permissions: permissions, active_permissions: permissions }
  const microphone = branch(
    preferences,
    'profile',
    'content_settings',
    'exceptions',
    'media_stream_mic',
  )
  microphone[`chrome-extension://${id}/,*`] = { setting: 1 }
  mkdirSync(join(profilePath, 'Default'), { recursive: true })
  writeFileSync(path, JSON.stringify(preferences))
}

type Tree = { [key: string]: unknown }

/** The object at the end of these keys; what is missing on the way is made. */
function branch(tree: Tree, ...keys: string[]): Tree {
  return keys.reduce<Tree>((at, key) => {
    at[key] ??= {}
    return at[key] as Tree
  }, tree)
}
