import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Campaign, type CampaignRef } from '../../lib/contracts/campaign.ts'
import type { RelayConfig } from '../config.ts'

/** The campaigns that this relay holds, in every version it has. */
export interface CampaignLibrary {
  /** The newest version of each. */
  published(): Campaign[]
  find(ref: CampaignRef): Campaign | null
}

/** Reads all campaign documents; throws with the document's name and what is wrong with it. */
export async function loadCampaigns(from: RelayConfig['campaigns']): Promise<CampaignLibrary> {
  const documents: [string, unknown][] =
    'folder' in from
      ? await readFolder(from.folder)
      : from.map((value, index) => [`campaign ${index + 1}`, value])
  return createLibrary(documents.map(([name, value]) => check(name, value)))
}

async function readFolder(folder: string): Promise<[string, unknown][]> {
  const names = await readdir(folder).catch(() => {
    throw new Error(`RELAY_CAMPAIGNS: can't read the folder ${folder}`)
  })
  const files = names.filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    files.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      try {
        return [name, JSON.parse(text)] as [string, unknown]
      } catch (cause) {
        throw new Error(`${name}: not a JSON document`, { cause })
      }
    }),
  )
}

function check(name: string, value: unknown): Campaign {
  const parsed = Campaign.safeParse(value)
  if (!parsed.success) {
    const issues = parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`)
    throw new Error(`${name}: not a campaign:\n  ${issues.join('\n  ')}`)
  }
  const seen = new Set<string>()
  for (const { id, channel, language, subject } of parsed.data.templates) {
    const key = `${id} (${channel}, ${language})`
    if (seen.has(key)) throw new Error(`${name}: template ${key} is there twice`)
    if (channel === 'mail' && !subject) throw new Error(`${name}: template ${key} has no subject`)
    seen.add(key)
  }
  return parsed.data
}

function createLibrary(campaigns: Campaign[]): CampaignLibrary {
  const byRef = new Map<string, Campaign>()
  const newest = new Map<string, Campaign>()
  for (const campaign of campaigns) {
    const { id, version } = campaign
    if (byRef.has(`${id}@${version}`)) throw new Error(`campaign ${id} ${version} is there twice`)
    byRef.set(`${id}@${version}`, campaign)
    if (version > (newest.get(id)?.version ?? 0)) newest.set(id, campaign)
  }
  return {
    published: () => [...newest.values()],
    find: ({ id, version }) => byRef.get(`${id}@${version}`) ?? null,
  }
}
