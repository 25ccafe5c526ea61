import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { emptyPortal, type PortalData } from './model.ts'

const SAVE_AFTER_MS = 200

/** The portal's data from a snapshot; null when there is none yet. A file that is no snapshot throws. */
export function loadSnapshot(path: string): PortalData | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  const data: unknown = JSON.parse(text)
  if (!isSnapshot(data)) throw new Error(`${path} is not a snapshot of the sandbox portal`)
  const empty = emptyPortal()
  return { ...empty, ...data, entities: { ...empty.entities, ...data.entities } }
}

function isSnapshot(value: unknown): value is PortalData {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1
}

/** Keeps one file in step with the data: soon after a change, and whole or not at all. */
export class SnapshotFile {
  readonly #path: string
  readonly #data: PortalData
  #timer: NodeJS.Timeout | null = null

  constructor(path: string, data: PortalData) {
    this.#path = path
    this.#data = data
  }

  /** Saves a little later, once for all changes until then. */
  saveSoon(): void {
    this.#timer ??= setTimeout(() => this.save(), SAVE_AFTER_MS)
  }

  /** Saves now. The file holds webhook codes: its owner alone may read it. */
  save(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const temporary = `${this.#path}.${process.pid}.tmp`
    writeFileSync(temporary, JSON.stringify(this.#data), { mode: 0o600 })
    renameSync(temporary, this.#path)
  }
}
