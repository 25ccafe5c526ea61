import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { checkedCampaign } from '../../lib/campaign/check.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import type { Result } from '../../lib/contracts/common.ts'
import type { CampaignProblem } from '../../lib/contracts/relay-campaigns.ts'
import type { RelayConfig } from '../config.ts'

/**
 * Reads and checks all campaign documents of the configuration. Throws with the document's name
 * and everything that is wrong with it, line by line.
 */
export async function readDocuments(from: RelayConfig['campaigns']): Promise<Campaign[]> {
  const campaigns =
    'folder' in from
      ? await readFolder(from.folder)
      : from.map((value, index) => orThrow(`campaign ${index + 1}`, checkedCampaign(value)))
  const seen = new Set<string>()
  for (const { id, version } of campaigns) {
    if (seen.has(`${id}@${version}`)) throw new Error(`campaign ${id} ${version} is there twice`)
    seen.add(`${id}@${version}`)
  }
  return campaigns
}

async function readFolder(folder: string): Promise<Campaign[]> {
  const names = await readdir(folder).catch(() => {
    throw new Error(`RELAY_CAMPAIGNS: can't read the folder ${folder}`)
  })
  const files = names.filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    files.map(async (name) =>
      orThrow(name, readDocument(await readFile(join(folder, name), 'utf8'))),
    ),
  )
}

/** Reads and checks one document; the problems tell the line of the text. */
export function readDocument(text: string): Result<Campaign, CampaignProblem[]> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const [, line] = /line (\d+)/.exec(error instanceof Error ? error.message : '') ?? []
    const problem = { path: '', message: 'not a JSON document', line: line ? Number(line) : null }
    return { ok: false, reason: [problem] }
  }
  const checked = checkedCampaign(value)
  if (checked.ok) return checked
  const lineOf = linesOf(text)
  return { ok: false, reason: checked.reason.map((one) => ({ ...one, line: lineOf(one.path) })) }
}

/** JSON is YAML, and its reader knows where everything stood. */
function linesOf(text: string): (path: string) => number | null {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, keepSourceTokens: false })
  return (path) => {
    // What is missing has no line of its own: that of what it is missing from has to do.
    for (let names = path === '' ? [] : path.split('.'); ; names = names.slice(0, -1)) {
      const node = names.length === 0 ? document.contents : document.getIn(names, true)
      const range = Object(node).range as [number, number, number] | undefined
      if (range) return lineCounter.linePos(range[0]).line
      if (names.length === 0) return null
    }
  }
}

/** One line a problem: `line 12: waitSeconds: expected number`. */
export function describeProblems(problems: readonly CampaignProblem[]): string {
  return problems
    .map(({ path, message, line }) =>
      [line === null ? '' : `line ${line}: `, path === '' ? '' : `${path}: `, message].join(''),
    )
    .join('\n  ')
}

function orThrow(name: string, read: Result<Campaign, CampaignProblem[]>): Campaign {
  if (read.ok) return read.value
  throw new Error(`${name}: not a campaign:\n  ${describeProblems(read.reason)}`)
}
