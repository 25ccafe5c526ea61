import type { RestMethod } from '../method.ts'
import { type Refusal, refused } from '../reply.ts'

/**
 * Methods of applications. The portal knows only inbound webhooks, which these methods refuse,
 * each family in its own words.
 */
const WRONG_TYPE_OF_PLACEMENT = refused(
  'WRONG_AUTH_TYPE',
  'Current authorization type is denied for this method Application context required',
  403,
)
export const appOnlyMethods: readonly RestMethod[] = [
  ...family('placement', 'api-reference/widgets', WRONG_TYPE_OF_PLACEMENT, {
    'placement.bind': 'placement-bind.md',
    'placement.get': 'placement-get.md',
  }),
]

function family(
  scope: string,
  folder: string,
  refusal: Refusal,
  pages: Record<string, string>,
): RestMethod[] {
  return Object.entries(pages).map(([name, page]) => ({
    name,
    scope,
    docs: `${folder}/${page}`,
    run: () => refusal,
  }))
}
