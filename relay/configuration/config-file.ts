import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import type { Result } from '../../lib/contracts/common.ts'

/** A configuration file: its values by key, and where each key stands in it. */
export interface ConfigFile {
  values: Record<string, unknown>
  /** `relay.yaml:12:3`, or the file's path for a key that does not stand in it. */
  placeOf(key: string): string
}

/** What the parser found, in our words: its own messages may quote a secret out of the file. */
const MISTAKES: Record<string, string> = {
  BAD_INDENT: 'the indentation does not fit: begin every key at the start of its line',
  DUPLICATE_KEY: 'this key stands in the file twice: remove one',
  MISSING_CHAR: 'a quotation mark, bracket or colon is missing',
  TAB_AS_INDENT: 'a tab stands at the beginning of the line: use blanks',
  UNEXPECTED_TOKEN:
    'something stands here that does not belong: put the value into quotation marks',
}

/**
 * Reads a YAML file, or JSON, which is YAML too, of flat keys. Complaints name line and column and
 * repeat nothing of the file.
 */
export function readConfigFile(path: string): Result<ConfigFile, string> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return refuse(`RELAY_CONFIG: can't read ${path}: check the path and its permissions`)
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${path}:${line}:${col}`
  }
  const [mistake] = document.errors
  if (mistake) {
    const kind = extname(path) === '.json' ? 'JSON' : 'YAML'
    return refuse(
      `${at(mistake.pos[0])}: ${MISTAKES[mistake.code] ?? `this is not ${kind}: put the value into quotation marks`}`,
    )
  }
  if (document.contents === null) return { ok: true, value: { values: {}, placeOf: () => path } }
  if (!isMap(document.contents)) {
    return refuse(`${path}:1:1: must hold one key a line, such as RELAY_PORT: 8790`)
  }
  const places = new Map<string, string>()
  const values: Record<string, unknown> = {}
  for (const { key, value } of document.contents.items) {
    const place = isScalar(key) && key.range ? at(key.range[0]) : path
    const name = isScalar(key) ? String(key.value) : ''
    places.set(name, place)
    // A key without a value is as if it were not there: so is one in the environment.
    if (value === null || (isScalar(value) && value.value === null)) continue
    if (!isScalar(value)) {
      return refuse(`${place}: ${name}: must be one value, not a list or a group`)
    }
    values[name] = value.value
  }
  return { ok: true, value: { values, placeOf: (key) => places.get(key) ?? path } }
}

function refuse(reason: string): Result<never, string> {
  return { ok: false, reason }
}
