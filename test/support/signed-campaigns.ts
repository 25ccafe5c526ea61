import {
  CompactSign,
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
} from 'jose'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import type { SignedCampaign, SigningJwk } from '../../lib/contracts/relay-campaigns.ts'

/** A key as a relay has it, for tests of those who check signatures. */
export interface TestKey {
  jwk: SigningJwk
  secret: CryptoKey
}

/** Makes a key; `endorser` endorses it. */
export async function makeKey(endorser?: TestKey): Promise<TestKey> {
  const pair = await generateKeyPair('ES256', { extractable: true })
  const { x = '', y = '' } = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint({ kty: 'EC', crv: 'P-256', x, y })
  const jwk: SigningJwk = { kty: 'EC', crv: 'P-256', x, y, kid, alg: 'ES256', use: 'sig' }
  if (!endorser) return { jwk, secret: pair.privateKey }
  const endorsement = await signAs('prozvon-key+jws', jwk, endorser)
  return { jwk: { ...jwk, endorsement }, secret: pair.privateKey }
}

/** A campaign as a relay publishes it. */
export async function signCampaign(campaign: Campaign, key: TestKey): Promise<SignedCampaign> {
  const published = { campaign, publishedBy: 'Ольга', publishedAt: '2026-03-03T09:00:00Z' }
  const envelope = await signAs('prozvon-campaign+jws', published, key)
  return { id: campaign.id, version: campaign.version, envelope }
}

export function signAs(typ: string, payload: unknown, { jwk, secret }: TestKey): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid, typ })
    .sign(secret)
}
