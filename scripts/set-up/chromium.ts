import { existsSync } from 'node:fs'
import { installPackages, isDebian } from './debian-packages.ts'
import { output, SetUpError } from './shell.ts'

/** Branded Chrome refuses unpacked extensions by command line, so it is not in this list. */
const NAMES = ['chromium', 'chromium-browser', 'ungoogled-chromium']

/** The path of Chromium; `CHROMIUM` in the environment wins. Null when there is none. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM
  if (named) return existsSync(named) ? named : null
  for (const name of NAMES) {
    const path = output('sh', ['-c', `command -v ${name}`])
    if (path) return path
  }
  return null
}

/**
 * Finds Chromium, or installs Debian's.
 * @throws SetUpError with what to do, when neither works.
 */
export async function ensureChromium(): Promise<string> {
  const found = findChromium()
  if (found) return found
  if (!isDebian()) {
    throw new SetUpError(
      'Chromium is missing. Install it, or name it: CHROMIUM=/path/to/chromium npm run demo',
    )
  }
  // The second one has the browser's own texts, date fields among them, in operators' languages.
  await installPackages(['chromium', 'chromium-l10n'])
  const path = findChromium()
  if (!path)
    throw new SetUpError(
      'Chromium was installed, but I can’t find it. Name it: CHROMIUM=/path/to/chromium',
    )
  return path
}
