import { browser } from 'wxt/browser'
import { DEFAULT_SETTINGS, type Settings } from '../contracts/settings.ts'
import { migrateSettings, SETTINGS_VERSION } from './settings-migrations.ts'

/** Stored under this key, with the version of its shape; migrations go by that number. */
const KEY = 'settings'
const UNREADABLE = `${KEY}:unreadable`

/**
 * Reads the settings, also those that an older version stored. What can't be understood is kept
 * under another key, never dropped, and the defaults are used: the options page then shows an
 * extension that is not set up, and says why.
 */
export async function readSettings(): Promise<Settings> {
  const stored = (await browser.storage.local.get(KEY))[KEY]
  if (stored === undefined) return DEFAULT_SETTINGS
  const settings = migrateSettings(stored)
  if (settings) return settings
  await browser.storage.local.set({ [UNREADABLE]: stored })
  return DEFAULT_SETTINGS
}

/** Whether settings that could not be understood were put aside. */
export async function hasUnreadableSettings(): Promise<boolean> {
  return (await browser.storage.local.get(UNREADABLE))[UNREADABLE] !== undefined
}

export async function writeSettings(settings: Settings): Promise<void> {
  await browser.storage.local.set({ [KEY]: { version: SETTINGS_VERSION, value: settings } })
}

/**
 * Shuts content scripts out of stored settings: they run in the portal's pages, and the settings
 * hold secrets. Firefox has no such lock; there the content scripts simply never ask.
 */
export async function lockStorage(): Promise<void> {
  await browser.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })
}
