import { nowText } from '../../clock.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { phpText } from '../php.ts'
import { done, type MethodReply } from '../reply.ts'

const DOCS = 'api-reference/common/system'

/** Questions about the portal itself; `others` are the methods that it has besides these. */
export function systemMethods(others: readonly RestMethod[]): readonly RestMethod[] {
  const own: RestMethod[] = [
    {
      name: 'server.time',
      scope: 'basic',
      docs: `${DOCS}/server-time.md`,
      run: ({ portal }) => done(nowText(portal.clock)),
    },
    {
      name: 'scope',
      scope: 'basic',
      docs: `${DOCS}/scope.md`,
      run: ({ auth }) => done([...auth.scopes]),
    },
    {
      name: 'methods',
      scope: 'basic',
      docs: `${DOCS}/methods.md`,
      run: (call) => listMethods(call, all()),
    },
    {
      name: 'method.get',
      scope: 'basic',
      docs: `${DOCS}/method-get.md`,
      run: (call) => getMethod(call, all()),
    },
    {
      name: 'crm.settings.mode.get',
      scope: 'crm',
      docs: 'api-reference/crm/crm-settings-mode-get.md',
      // 1 is the classic mode, the one with leads; 2 the simple one.
      run: ({ portal }) => done(portal.data.settings.crmMode === 'simple' ? 2 : 1),
    },
  ]
  const all = () => [...others, ...own]
  return own
}

function listMethods({ params }: RestCall, methods: readonly RestMethod[]): MethodReply {
  const scope = phpText(anyCase(params, 'scope'))
  return done(methods.filter((method) => !scope || method.scope === scope).map(({ name }) => name))
}

function getMethod({ params }: RestCall, methods: readonly RestMethod[]): MethodReply {
  const name = phpText(anyCase(params, 'name'))?.toLowerCase()
  const isExisting = methods.some((method) => method.name.toLowerCase() === name)
  return done({ isExisting, isAvailable: isExisting })
}
