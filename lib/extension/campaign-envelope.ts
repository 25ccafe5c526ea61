import { type CompactVerifyResult, compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { readCampaign } from '../campaign/check.ts'
import type { Campaign } from '../contracts/campaign.ts'
import type { Result } from '../contracts/common.ts'
import type { CampaignTrouble } from '../contracts/panel.ts'
import { PublishedCampaign, type SignedCampaign, SigningJwk } from '../contracts/relay-campaigns.ts'

const ALGORITHMS = ['ES256']
const TYPES = {
  campaign: 'prozvon-campaign+jws',
  key: 'prozvon-key+jws',
  stopList: 'prozvon-stop-list+jws',
} as const

/** Opens a signed campaign by keys that are trusted; nothing of it is believed before. */
export async function openEnvelope(
  signed: SignedCampaign,
  trusted: readonly SigningJwk[],
): Promise<Result<Campaign, CampaignTrouble>> {
  const payload = await openSigned(signed.envelope, 'campaign', trusted)
  if (!payload.ok) return payload
  const published = PublishedCampaign.safeParse(payload.value)
  if (!published.success) return { ok: false, reason: 'unreadable' }
  const { id, version } = published.data.campaign
  // A right signature over another campaign or version is as wrong as none.
  if (id !== signed.id || version !== signed.version) return { ok: false, reason: 'forged' }
  const read = readCampaign(published.data.campaign)
  return read.ok ? read : { ok: false, reason: 'unreadable' }
}

/**
 * The keys to trust, after the relay offered its own: all of them at first use (`pinned` is null),
 * later only those that a trusted key has endorsed, over as many steps as it takes. What is
 * trusted stays so: campaigns signed before a rotation remain valid.
 */
export async function trustKeys(
  pinned: readonly SigningJwk[] | null,
  offered: readonly SigningJwk[],
): Promise<SigningJwk[]> {
  if (pinned === null) return [...offered]
  const trusted = [...pinned]
  let isGrowing = true
  while (isGrowing) {
    isGrowing = false
    for (const key of offered) {
      if (trusted.some(({ kid }) => kid === key.kid)) continue
      if (!(await isEndorsed(key, trusted))) continue
      trusted.push(key)
      isGrowing = true
    }
  }
  return trusted
}

async function isEndorsed(key: SigningJwk, trusted: readonly SigningJwk[]): Promise<boolean> {
  const { endorsement, ...own } = key
  if (endorsement === undefined) return false
  const payload = await openSigned(endorsement, 'key', trusted)
  const endorsed = payload.ok ? SigningJwk.safeParse(payload.value) : null
  if (!endorsed?.success) return false
  return endorsed.data.kid === own.kid && endorsed.data.x === own.x && endorsed.data.y === own.y
}

/** What a trusted key signed for this purpose; a right signature for another purpose is none. */
export async function openSigned(
  jws: string,
  purpose: keyof typeof TYPES,
  trusted: readonly SigningJwk[],
): Promise<Result<unknown, 'forged' | 'unknown_key'>> {
  try {
    const { kid } = decodeProtectedHeader(jws)
    const jwk = trusted.find((key) => key.kid === kid)
    if (!jwk) return { ok: false, reason: 'unknown_key' }
    const { kty, crv, x, y } = jwk
    const key = await importJWK({ kty, crv, x, y }, 'ES256')
    const verified: CompactVerifyResult = await compactVerify(jws, key, { algorithms: ALGORITHMS })
    if (verified.protectedHeader.typ !== TYPES[purpose]) return { ok: false, reason: 'forged' }
    return { ok: true, value: JSON.parse(new TextDecoder().decode(verified.payload)) }
  } catch {
    // Not a JWS, another algorithm, a signature that doesn't hold: all the same to us.
    return { ok: false, reason: 'forged' }
  }
}
