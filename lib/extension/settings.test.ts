import { beforeEach, describe, expect, test } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { DEFAULT_SETTINGS } from '../contracts/settings.ts'
import { hasUnreadableSettings, readSettings, writeSettings } from './settings.ts'
import { migrateSettings, SETTINGS_VERSION } from './settings-migrations.ts'

interface Example {
  version: number
  value: { language: string }
}

/** One frozen example a version, found by itself; all of them describe the same set-up. */
const examples = Object.values(
  import.meta.glob<Example>('./settings-examples/v*.json', { import: 'default', eager: true }),
).sort((a, b) => a.version - b.version)

beforeEach(() => fakeBrowser.reset())

describe('settings that an older version stored', () => {
  test('every version has its example', () => {
    const versions = Array.from({ length: SETTINGS_VERSION }, (_, index) => index + 1)
    expect(examples.map(({ version }) => version)).toEqual(versions)
  })

  test.each(examples)('version $version says the same as the newest', (example) => {
    expect(migrateSettings(example)).toEqual(examples.at(-1)?.value)
  })

  test('go through each step between, in order', () => {
    const [oldest] = examples
    const tongue = (value: unknown) => ({ ...(value as object), language: 'ru' })
    const theme = (value: unknown) => {
      const { language } = value as { language: string }
      return { ...(value as object), theme: language === 'ru' ? 'light' : 'dark' }
    }
    expect(migrateSettings(oldest, [tongue, theme])).toMatchObject({ theme: 'light' })
    expect(migrateSettings({ ...oldest, version: 2 }, [tongue, theme])).toMatchObject({
      language: 'uk',
      theme: 'dark',
    })
  })
})

describe('settings that can’t be understood', () => {
  test.each([
    ['broken', { version: 1, value: { language: 'ru' } }],
    ['of a newer version', { ...examples[0], version: SETTINGS_VERSION + 1 }],
    ['without a version', { value: examples[0]?.value }],
    ['no object at all', 'settings'],
  ])('%s: the defaults are used, and they are kept apart', async (_, stored) => {
    await browser.storage.local.set({ settings: stored })
    expect(await readSettings()).toEqual(DEFAULT_SETTINGS)
    expect(await hasUnreadableSettings()).toBe(true)
    await writeSettings(DEFAULT_SETTINGS)
    expect(await browser.storage.local.get('settings:unreadable')).toEqual({
      'settings:unreadable': stored,
    })
  })

  test('a migration that trips over them does no harm', () => {
    const trips = (value: unknown) => (value as { relay: { address: string } }).relay.address
    expect(migrateSettings({ version: 1, value: null }, [trips])).toBeNull()
  })
})

test('what was written is read again', async () => {
  const settings = { ...DEFAULT_SETTINGS, language: 'uk' as const }
  await writeSettings(settings)
  expect(await readSettings()).toEqual(settings)
  expect(await hasUnreadableSettings()).toBe(false)
})
