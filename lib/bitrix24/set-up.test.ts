import { describe, expect, it } from 'vitest'
import type { CrmMapping } from '../contracts/campaign.ts'
import { scriptedClient } from './scripted-client.fixture.ts'
import { ScriptedPortal } from './scripted-portal.fixture.ts'
import { checkPortal, createFields } from './set-up.ts'

const mapping: CrmMapping = {
  stages: { intermediate: null, interested: null, closed: null },
  fields: {
    outcome: 'UF_CRM_PROZVON_OUTCOME',
    attempts: 'UF_CRM_PROZVON_ATTEMPTS',
    grade: null,
    nextContactAt: 'COMMENTS',
    campaign: null,
  },
}

describe('checking a portal', () => {
  it('tells who the operator is, which rights are missing and the CRM’s mode', async () => {
    const { client } = scriptedClient(new ScriptedPortal())
    expect(await checkPortal(client)).toEqual({
      ok: true,
      value: {
        operator: { id: 7, name: 'Ольга Клименко' },
        isAdmin: false,
        missingScopes: ['im'],
        crmMode: 'classic',
      },
    })
  })

  it('passes on why the portal refused', async () => {
    const portal = new ScriptedPortal()
    portal.faults = [{ status: 401, body: '{"error":"INVALID_CREDENTIALS"}' }]
    const check = await checkPortal(scriptedClient(portal).client)
    expect(check).toMatchObject({ ok: false, reason: { reason: 'unauthorized' } })
  })

  it('passes on a refusal of the profile alone', async () => {
    const portal = new ScriptedPortal()
    const result = { result: [], result_error: { profile: { error: 'insufficient_scope' } } }
    portal.faults = [{ status: 200, body: JSON.stringify({ result }) }]
    const check = await checkPortal(scriptedClient(portal).client)
    expect(check).toMatchObject({ ok: false, reason: { reason: 'forbidden' } })
  })
})

describe('creating the custom fields', () => {
  it('creates what is missing, says what it could not, and the second time creates nothing', async () => {
    const portal = new ScriptedPortal()
    // More than a page of others, so that ours stands on the last one.
    portal.userFields = ['A', 'B', 'PROZVON_OUTCOME'].map((name) => ({
      FIELD_NAME: `UF_CRM_${name}`,
    }))
    const { client } = scriptedClient(portal)
    expect(await createFields(client, mapping)).toEqual({
      ok: true,
      value: {
        created: ['UF_CRM_PROZVON_ATTEMPTS'],
        existing: ['UF_CRM_PROZVON_OUTCOME'],
        failed: [{ field: 'COMMENTS', detail: 'a custom field’s name begins with UF_CRM_' }],
      },
    })
    expect(portal.userFields.at(-1)).toMatchObject({
      FIELD_NAME: 'UF_CRM_PROZVON_ATTEMPTS',
      USER_TYPE_ID: 'integer',
      MANDATORY: 'N',
    })
    const again = await createFields(client, mapping)
    expect(again).toMatchObject({
      value: {
        created: [],
        existing: ['UF_CRM_PROZVON_OUTCOME', 'UF_CRM_PROZVON_ATTEMPTS'],
      },
    })
  })

  it('passes on what the portal says to someone who is no administrator', async () => {
    const portal = new ScriptedPortal()
    const body = '{"error":"","error_description":"Access denied."}'
    portal.faults = [null, { status: 400, body }, { status: 400, body }]
    const report = await createFields(scriptedClient(portal).client, {
      ...mapping,
      fields: { ...mapping.fields, nextContactAt: null },
    })
    expect(report).toMatchObject({
      value: {
        failed: [
          { field: 'UF_CRM_PROZVON_OUTCOME', detail: 'Access denied.' },
          { field: 'UF_CRM_PROZVON_ATTEMPTS', detail: 'Access denied.' },
        ],
      },
    })
  })
})
