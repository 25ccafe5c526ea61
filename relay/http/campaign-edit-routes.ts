import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import { differenceOf } from '../../lib/campaign/difference.ts'
import { CampaignId } from '../../lib/contracts/campaign.ts'
import type { Result } from '../../lib/contracts/common.ts'
import { RelayProblem } from '../../lib/contracts/relay-api.ts'
import {
  CampaignDifference,
  CampaignDraft,
  CampaignOffer,
  CampaignSummaries,
  CampaignSummary,
  CampaignVersion,
  CampaignVersionDocument,
  DifferenceSide,
  DraftWrite,
  OfferAnswer,
  OfferReply,
  PublishRequest,
  RetireRequest,
  RollbackRequest,
  VersionInPath,
} from '../../lib/contracts/relay-campaigns.ts'
import type { Role } from '../../lib/contracts/role.ts'
import { readDraft } from '../campaigns/draft-store.ts'
import {
  discardDraft,
  publishDraft,
  retire,
  rollBack,
  settleOffer,
  writeDraft,
} from '../campaigns/edit.ts'
import { readOffer } from '../campaigns/import.ts'
import { listSummaries, summaryOf } from '../campaigns/summaries.ts'
import { type Editor, listVersions, readVersion } from '../campaigns/version-store.ts'
import { crashPoint } from '../crash-point.ts'
import type { Database } from '../database/schema.ts'
import { once } from '../idempotency/once.ts'
import { callerOf } from './auth.ts'
import { IdempotencyHeaders, idempotencyKeyOf } from './idempotency-key.ts'
import { Refusal } from './problems.ts'
import { EVERYBODY } from './roles.ts'
import type { ServerDeps } from './server-deps.ts'

/** Who sets campaigns up (docs/glossary.md). */
const EDITORS: readonly Role[] = ['coordinator', 'admin']
/** Who sees what is still being worked on: those who answer for it, or judge calls by it. */
const DRAFT_READERS: readonly Role[] = [...EDITORS, 'head_of_sales', 'quality']

/** The shipped documents are a tenth of this. */
const DOCUMENT_LIMIT_BYTES = 1024 * 1024

const problems = {
  400: RelayProblem,
  401: RelayProblem,
  403: RelayProblem,
  404: RelayProblem,
  409: RelayProblem,
  413: RelayProblem,
  503: RelayProblem,
}
const security = [{ token: [] }]
const params = z.object({ id: CampaignId })
const headers = IdempotencyHeaders.extend({ 'if-match': z.string().optional() })

/** Campaigns for those who set them up: versions, the draft, publishing. */
export const campaignEditRoutes: FastifyPluginAsyncZod<ServerDeps> = async (
  app,
  { db, sealer },
) => {
  /** One write for a key: what `write` refuses is undone and told. */
  async function change<T>(
    request: FastifyRequest,
    write: (trx: Transaction<Database>, by: Editor) => Promise<Result<T, RelayProblem>>,
  ): Promise<T> {
    const { personId, name } = callerOf(request)
    const { method, url, body } = request
    const made = await once<T>(
      {
        db,
        personId,
        key: idempotencyKeyOf(request),
        request: { method, url, stamp: request.headers['if-match'] ?? null, body },
      },
      (trx) => write(trx, { id: personId, name }),
    )
    crashPoint('campaigns.committed')
    if (!made.ok) throw new Refusal(made.reason)
    return made.value
  }

  app.get(
    '/v1/campaign-summaries',
    {
      config: { roles: EVERYBODY, phones: 'ours' },
      schema: { security, response: { 200: CampaignSummaries, ...problems } },
    },
    async (request) => ({ campaigns: await listSummaries(db, maySeeDrafts(request)) }),
  )

  app.get(
    '/v1/campaigns/:id',
    {
      config: { roles: EVERYBODY, phones: 'ours' },
      schema: { security, params, response: { 200: CampaignSummary, ...problems } },
    },
    async (request) => {
      const { id } = request.params
      return (await summaryOf(db, id, maySeeDrafts(request))) ?? missing(`no campaign ${id}`)
    },
  )

  app.get(
    '/v1/campaigns/:id/versions/:version',
    {
      config: { roles: EVERYBODY, phones: 'ours' },
      schema: {
        security,
        params: params.extend({ version: VersionInPath }),
        response: { 200: CampaignVersionDocument, ...problems },
      },
    },
    async ({ params: { id, version } }) => {
      const held = await readVersion(db, id, version)
      const facts = (await listVersions(db, id)).find((one) => one.version === version)
      if (!held || !facts) return missing(`campaign ${id} has no version ${version}`)
      return { ...facts, document: Object(held.document), envelope: held.envelope }
    },
  )

  app.get(
    '/v1/campaigns/:id/difference',
    {
      config: { roles: EVERYBODY, phones: 'ours' },
      schema: {
        security,
        params,
        querystring: z.object({ from: DifferenceSide, to: DifferenceSide }),
        response: { 200: CampaignDifference, ...problems },
      },
    },
    async (request) => {
      const { id } = request.params
      const side = async (name: DifferenceSide): Promise<unknown> => {
        if (typeof name === 'number') return (await readVersion(db, id, name))?.document
        if (!maySeeDrafts(request)) {
          throw new Refusal({
            code: 'forbidden',
            message: 'your role sees published versions only',
          })
        }
        return name === 'draft' ? (await readDraft(db, id))?.document : await readOffer(db, id)
      }
      const [from, to] = [await side(request.query.from), await side(request.query.to)]
      if (!from) return missing(`campaign ${id} has no ${request.query.from}`)
      if (!to) return missing(`campaign ${id} has no ${request.query.to}`)
      return { changes: differenceOf(from, to).filter(({ path }) => path !== 'version') }
    },
  )

  app.get(
    '/v1/campaigns/:id/draft',
    {
      config: { roles: DRAFT_READERS, phones: 'ours' },
      schema: { security, params, response: { 200: CampaignDraft, ...problems } },
    },
    async ({ params: { id } }, reply) =>
      withTag(reply, (await readDraft(db, id)) ?? missing(`campaign ${id} has no draft`)),
  )

  app.put(
    '/v1/campaigns/:id/draft',
    {
      bodyLimit: DOCUMENT_LIMIT_BYTES,
      config: { roles: EDITORS, phones: 'ours' },
      schema: {
        security,
        params,
        headers,
        body: DraftWrite,
        response: { 200: CampaignDraft, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { document, base } = request.body
      const stamp = stampIn(request)
      const draft = await change(request, (trx, by) =>
        writeDraft(trx, id, by, { document, stamp, ...(base !== undefined && { base }) }),
      )
      return withTag(reply, draft)
    },
  )

  app.delete(
    '/v1/campaigns/:id/draft',
    {
      config: { roles: EDITORS, phones: 'ours' },
      schema: { security, params, headers, response: { 204: z.undefined(), ...problems } },
    },
    async (request, reply) => {
      const stamp = neededStampIn(request)
      await change(request, (trx, by) => discardDraft(trx, request.params.id, by, stamp))
      return reply.status(204).send()
    },
  )

  app.post(
    '/v1/campaigns/:id/publish',
    {
      config: { roles: EDITORS, phones: 'ours' },
      schema: {
        security,
        params,
        headers,
        body: PublishRequest,
        response: { 201: CampaignVersion, ...problems },
      },
    },
    async (request, reply) => {
      const { note } = request.body
      const stamp = neededStampIn(request)
      const version = await change(request, (trx, by) =>
        publishDraft(trx, request.params.id, by, { stamp, note }, sealer),
      )
      return reply.status(201).send(version)
    },
  )

  app.post(
    '/v1/campaigns/:id/rollback',
    {
      config: { roles: EDITORS, phones: 'ours' },
      schema: {
        security,
        params,
        headers,
        body: RollbackRequest,
        response: { 201: CampaignVersion, ...problems },
      },
    },
    async (request, reply) => {
      const version = await change(request, (trx, by) =>
        rollBack(trx, request.params.id, by, request.body, sealer),
      )
      return reply.status(201).send(version)
    },
  )

  app.post(
    '/v1/campaigns/:id/retire',
    {
      config: { roles: EDITORS, phones: 'ours' },
      schema: {
        security,
        params,
        headers,
        body: RetireRequest,
        response: { 204: z.undefined(), ...problems },
      },
    },
    async (request, reply) => {
      await change(request, (trx, by) => retire(trx, request.params.id, by, request.body.retired))
      return reply.status(204).send()
    },
  )

  app.get(
    '/v1/campaigns/:id/offer',
    {
      config: { roles: DRAFT_READERS, phones: 'ours' },
      schema: { security, params, response: { 200: CampaignOffer, ...problems } },
    },
    async ({ params: { id } }) => ({
      document: (await readOffer(db, id)) ?? missing(`nothing is offered for ${id}`),
    }),
  )

  app.post(
    '/v1/campaigns/:id/offer',
    {
      config: { roles: EDITORS, phones: 'ours' },
      schema: {
        security,
        params,
        headers,
        body: OfferReply,
        response: { 200: OfferAnswer, ...problems },
      },
    },
    async (request) => ({
      draft: await change(request, (trx, by) =>
        settleOffer(trx, request.params.id, by, request.body.take),
      ),
    }),
  )
}

function maySeeDrafts(request: FastifyRequest): boolean {
  return DRAFT_READERS.includes(callerOf(request).role)
}

/** The draft with its stamp as ETag, to be sent back as If-Match. */
function withTag(reply: FastifyReply, draft: CampaignDraft): CampaignDraft {
  reply.header('etag', `"${draft.stamp}"`)
  return draft
}

/** The state that the editor knew; null = he knew of no draft. */
function stampIn({ headers }: FastifyRequest): string | null {
  const tag = headers['if-match']
  if (tag === undefined) return null
  const stamp = z.uuid().safeParse(tag.replace(/^W\//, '').replaceAll('"', ''))
  if (stamp.success) return stamp.data
  throw new Refusal({ code: 'invalid', message: 'If-Match: not the stamp of a draft' })
}

function neededStampIn(request: FastifyRequest): string {
  const stamp = stampIn(request)
  if (stamp) return stamp
  throw new Refusal({ code: 'invalid', message: 'send If-Match with the stamp of the draft' })
}

function missing(message: string): never {
  throw new Refusal({ code: 'not_found', message })
}
