import { z } from 'zod'
import { Settings } from '../contracts/settings.ts'

/** Makes one version's value into the next one's. Pure; throws at a value it can't understand. */
type Migration = (value: unknown) => unknown

/**
 * The first leads from version 1 to 2, and so on. One that was shipped is never edited: a change
 * of `Settings` adds a migration here and an example of the new version in `settings-examples/`.
 */
const MIGRATIONS: readonly Migration[] = [
  // 2: the portal may be an account's. What a webhook's was it still is.
  (value) => value,
]

export const SETTINGS_VERSION = MIGRATIONS.length + 1

/** Settings as they lie in the store: the number of their shape, and the shape itself. */
const Stored = z.object({ version: z.int().positive(), value: z.unknown() })

/**
 * What was stored by this version or an older one, brought up step by step; null when it can't be
 * understood: broken, or stored by a version that is newer than this one.
 */
export function migrateSettings(
  stored: unknown,
  migrations: readonly Migration[] = MIGRATIONS,
): Settings | null {
  const known = Stored.safeParse(stored)
  if (!known.success || known.data.version > migrations.length + 1) return null
  try {
    const steps = migrations.slice(known.data.version - 1)
    return Settings.parse(steps.reduce((value, step) => step(value), known.data.value))
  } catch {
    return null
  }
}
