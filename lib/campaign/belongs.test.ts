import { describe, expect, it, test } from 'vitest'
import type { AttemptRecord } from '../contracts/attempt.ts'
import type { BelongsCondition, Campaign } from '../contracts/campaign.ts'
import {
  campaignsOf,
  choiceInCard,
  fieldsToRead,
  type LeadFacts,
  settleCampaign,
} from './belongs.ts'
import { shippedCampaign } from './shipped/index.ts'

const LEAD: LeadFacts = {
  card: { portal: 'https://portal.bitrix24.test', kind: 'lead', id: 12 },
  stageId: 'NEW',
  sourceId: 'WEB',
  responsibleId: 7,
  fields: { UF_CRM_LIST: ['Склади Львова', ' Цехи '] },
}

function campaign(id: string, ...belongs: BelongsCondition[]): Campaign {
  const shipped = shippedCampaign('b2b-cold-uk')
  if (!shipped) throw new Error('no shipped campaign')
  return { ...shipped, id, belongs }
}

describe('a lead belongs to a campaign', () => {
  test.each<[string, BelongsCondition[], boolean]>([
    ['without conditions', [], true],
    ['by its kind', [{ by: 'kind', anyOf: ['lead'] }], true],
    ['not by another kind', [{ by: 'kind', anyOf: ['company'] }], false],
    ['by its stage', [{ by: 'stage', anyOf: ['IN_PROCESS', 'NEW'] }], true],
    ['not by another stage', [{ by: 'stage', anyOf: ['JUNK'] }], false],
    ['by its source', [{ by: 'source', anyOf: ['WEB'] }], true],
    ['not by another source', [{ by: 'source', anyOf: ['CALL'] }], false],
    ['by a field, case aside', [{ by: 'field', field: 'UF_CRM_LIST', anyOf: ['цехи'] }], true],
    ['not by a field that it lacks', [{ by: 'field', field: 'UF_CRM_X', anyOf: ['цехи'] }], false],
    ['by a list of leads', [{ by: 'list', leads: [11, 12], companies: [] }], true],
    ['not by a list of companies', [{ by: 'list', leads: [], companies: [12] }], false],
    ['by who is responsible', [{ by: 'responsible', anyOf: [7] }], true],
    ['not by somebody else', [{ by: 'responsible', anyOf: [8] }], false],
    [
      'only by all its conditions',
      [
        { by: 'stage', anyOf: ['NEW'] },
        { by: 'source', anyOf: ['CALL'] },
      ],
      false,
    ],
  ])('%s', (_name, belongs, isSo) => {
    expect(campaignsOf(LEAD, [campaign('one', ...belongs)])).toHaveLength(isSo ? 1 : 0)
  })

  it('to no stage, source or person while these are unknown', () => {
    const unread: LeadFacts = { card: LEAD.card, stageId: null, responsibleId: null }
    const rules = [
      campaign('stage', { by: 'stage', anyOf: ['NEW'] }),
      campaign('source', { by: 'source', anyOf: ['WEB'] }),
      campaign('field', { by: 'field', field: 'UF_CRM_LIST', anyOf: ['Цехи'] }),
      campaign('person', { by: 'responsible', anyOf: [7] }),
    ]
    expect(campaignsOf(unread, rules)).toEqual([])
  })
})

describe('the campaign that a lead is called in', () => {
  const first = campaign('first')
  const second = campaign('second')
  const fresh = campaign('fresh', { by: 'stage', anyOf: ['FRESH'] })
  const nothing = { chosen: null, history: [] }

  it('is the only one that fits', () => {
    expect(settleCampaign(LEAD, [first, fresh], nothing)).toEqual({
      state: 'settled',
      campaign: first,
      others: [],
    })
  })

  it('is to be chosen where several fit', () => {
    expect(settleCampaign(LEAD, [first, second, fresh], nothing)).toEqual({
      state: 'choose',
      options: [first, second],
    })
  })

  it('is none where none fits', () => {
    expect(settleCampaign(LEAD, [fresh], nothing)).toEqual({ state: 'none' })
  })

  it('is the chosen one, and the others that fit can still be taken', () => {
    expect(settleCampaign(LEAD, [first, second], { chosen: 'second', history: [] })).toEqual({
      state: 'settled',
      campaign: second,
      others: [first],
    })
  })

  it('is to be chosen anew when the chosen one is no longer published', () => {
    expect(settleCampaign(LEAD, [first, second], { chosen: 'gone', history: [] }).state).toBe(
      'choose',
    )
  })

  it('stays that of the open pass when the first result moved the lead to another stage', () => {
    const open = { kind: 'intermediate', campaign: { id: 'fresh', version: 1 } } as AttemptRecord
    const settled = settleCampaign(LEAD, [first, second, fresh], { chosen: null, history: [open] })
    expect(settled).toMatchObject({ state: 'settled', campaign: { id: 'fresh' } })
    const closed = { ...open, kind: 'final' as const }
    expect(settleCampaign(LEAD, [first, fresh], { chosen: null, history: [closed] })).toMatchObject(
      {
        campaign: { id: 'first' },
      },
    )
  })
})

it('reads the fields that rules and choices stand in, and finds the choice there', () => {
  const rules = [
    campaign('one', { by: 'field', field: 'UF_CRM_LIST', anyOf: ['a'] }),
    campaign('b'),
  ]
  expect(fieldsToRead(rules)).toEqual(['UF_CRM_LIST', 'UF_CRM_PROZVON_CAMPAIGN'])
  expect(choiceInCard({ fields: { UF_CRM_PROZVON_CAMPAIGN: ['b'] } }, rules)).toBe('b')
  expect(choiceInCard({}, rules)).toBeNull()
})
