import { browser } from 'wxt/browser'
import { DEFAULT_SETTINGS, Settings } from '../contracts/settings.ts'

/** Stored under this key, with the version of its shape; migrations go by that number. */
const KEY = 'settings'
const VERSION = 1

/**
 * Reads the settings. What can't be understood is kept under another key, never dropped, and the
 * defaults are used: the options page then shows an extension that is not set up.
 */
export async function readSettings(): Promise<Settings> {
  const stored = (await browser.storage.local.get(KEY))[KEY]
  if (stored === undefined) return DEFAULT_SETTINGS
  const { version, value } = stored as { version?: number; value?: unknown }
  const parsed = Settings.safeParse(value)
  if (version === VERSION && parsed.success) return parsed.data
  await browser.storage.local.set({ [`${KEY}:unreadable`]: stored })
  return DEFAULT_SETTINGS
}

export async function writeSettings(settings: Settings): Promise<void> {
  await browser.storage.local.set({ [KEY]: { version: VERSION, value: settings } })
}

/**
 * Shuts content scripts out of stored settings: they run in the portal's pages, and the settings
 * hold secrets. Firefox has no such lock; there the content scripts simply never ask.
 */
export async function lockStorage(): Promise<void> {
  await browser.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })
}
