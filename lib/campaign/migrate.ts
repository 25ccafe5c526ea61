import { CAMPAIGN_SCHEMA_VERSION, DEFAULT_REPEAT_LIMITS } from '../contracts/campaign.ts'

type Document = Readonly<Record<string, unknown>>

/** `MIGRATIONS[n]` makes a document of shape n + 1 out of one of shape n. Never edited, only added. */
const MIGRATIONS: Readonly<Record<number, (document: Document) => Document>> = {
  // Shape 2 knows which leads a campaign is for; until then each was for all.
  1: (document) => ({
    ...document,
    schemaVersion: 2,
    belongs: [],
    mapping: withCampaignField(document.mapping),
  }),
  // Shape 3 knows for how long nobody calls again; until then what the agreement says held unsaid.
  2: (document) => ({ ...document, schemaVersion: 3, repeatLimits: DEFAULT_REPEAT_LIMITS }),
}

/**
 * Brings a document of any earlier shape to the present one; what it says stays what it was. A
 * document without `schemaVersion` is of the first shape that has all it says. What is no document, or comes from a newer product, is given back as it is: the schema then says why.
 */
export function migrateCampaign(value: unknown): unknown {
  if (!isObject(value)) return value
  let document = value
  for (let shape = shapeOf(document); shape < CAMPAIGN_SCHEMA_VERSION; shape += 1) {
    const step = MIGRATIONS[shape]
    if (!step) return value
    document = step(document)
  }
  return document
}

function shapeOf({ schemaVersion, belongs, repeatLimits }: Document): number {
  if (schemaVersion === undefined) {
    if (repeatLimits !== undefined) return 3
    return belongs === undefined ? 1 : 2
  }
  return typeof schemaVersion === 'number' ? schemaVersion : CAMPAIGN_SCHEMA_VERSION
}

/** A portal that has our other fields gets this one as well; others name theirs. */
function withCampaignField(mapping: unknown): unknown {
  if (!isObject(mapping) || !isObject(mapping.fields)) return mapping
  const isOurs = mapping.fields.outcome === 'UF_CRM_PROZVON_OUTCOME'
  const campaign = isOurs ? 'UF_CRM_PROZVON_CAMPAIGN' : null
  return { ...mapping, fields: { campaign, ...mapping.fields } }
}

function isObject(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
