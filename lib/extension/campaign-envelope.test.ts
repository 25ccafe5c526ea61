import { beforeAll, describe, expect, it } from 'vitest'
import { makeKey, signAs, signCampaign, type TestKey } from '../../test/support/signed-campaigns.ts'
import { shippedCampaigns } from '../campaign/shipped/index.ts'
import type { SignedCampaign } from '../contracts/relay-campaigns.ts'
import { openEnvelope, trustKeys } from './campaign-envelope.ts'

const [campaign, other] = shippedCampaigns()
if (!campaign || !other) throw new Error('no shipped campaigns')

let key: TestKey
let signed: SignedCampaign
beforeAll(async () => {
  key = await makeKey()
  signed = await signCampaign(campaign, key)
})

it('a campaign that a trusted key signed is opened', async () => {
  expect(await openEnvelope(signed, [key.jwk])).toEqual({ ok: true, value: campaign })
})

describe('refused is a campaign', () => {
  const forge = (part: number, change: (text: string) => string) => {
    const parts = signed.envelope.split('.')
    parts[part] = change(parts[part] ?? '')
    return { ...signed, envelope: parts.join('.') }
  }
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

  it.each<[string, () => SignedCampaign | Promise<SignedCampaign>, string]>([
    ['with a changed text', () => forge(1, (text) => `${text.slice(0, -2)}AA`), 'forged'],
    ['of another publisher’s words', () => forge(1, () => encode({ campaign: other })), 'forged'],
    ['with a damaged signature', () => forge(2, (text) => text.replace(/^./, '_')), 'forged'],
    ['without a signature', () => forge(2, () => ''), 'forged'],
    [
      'with the algorithm «none»',
      () => forge(0, () => encode({ alg: 'none', kid: key.jwk.kid })),
      'forged',
    ],
    ['that is no JWS', () => ({ ...signed, envelope: 'nothing' }), 'forged'],
    [
      'that is another one than it is said to be',
      () => ({ ...signed, id: 'b2b-cold-uk' }),
      'forged',
    ],
    ['of another version than it is said to be', () => ({ ...signed, version: 2 }), 'forged'],
    ['signed by a stranger', async () => signCampaign(campaign, await makeKey()), 'unknown_key'],
    [
      'that was signed as something else',
      async () => ({ ...signed, envelope: await signAs('prozvon-key+jws', { campaign }, key) }),
      'forged',
    ],
    [
      'of a shape from the future',
      async () => {
        const future = { ...campaign, schemaVersion: 99 } as unknown as typeof campaign
        return signCampaign(future, key)
      },
      'unreadable',
    ],
  ])('%s', async (_name, make, reason) => {
    expect(await openEnvelope(await make(), [key.jwk])).toEqual({ ok: false, reason })
  })
})

describe('keys are trusted', () => {
  it('all of them when the relay is used for the first time', async () => {
    expect(await trustKeys(null, [key.jwk])).toEqual([key.jwk])
  })

  it('over any number of rotations, each endorsed by the key before it', async () => {
    const second = await makeKey(key)
    const third = await makeKey(second)
    const trusted = await trustKeys([key.jwk], [third.jwk, second.jwk, key.jwk])
    expect(trusted.map(({ kid }) => kid)).toEqual([key, second, third].map(({ jwk }) => jwk.kid))
  })

  it('but not a stranger’s, nor one that a stranger has endorsed, nor one with a borrowed word', async () => {
    const stranger = await makeKey()
    const friend = await makeKey(stranger)
    const second = await makeKey(key)
    const thief = { ...stranger.jwk, endorsement: second.jwk.endorsement ?? '' }
    expect(await trustKeys([key.jwk], [stranger.jwk, friend.jwk, thief])).toEqual([key.jwk])
  })
})
