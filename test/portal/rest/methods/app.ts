import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { isPhpArray, phpText } from '../php.ts'
import { done, type MethodReply, refused } from '../reply.ts'

const DOCS = 'api-reference/common'
const APP_ONLY = refused('ACCESS_DENIED', 'Application context required', 403)
const DENIED = refused('ACCESS_DENIED', 'Administrator authorization required', 403)

/** What an application asks about itself and the portal's plan. */
export const appMethods: readonly RestMethod[] = [
  {
    name: 'app.info',
    scope: 'basic',
    docs: `${DOCS}/system/app-info.md`,
    withoutApp: APP_ONLY,
    run: info,
  },
  {
    name: 'app.option.get',
    scope: 'basic',
    docs: `${DOCS}/settings/app-option-get.md`,
    withoutApp: APP_ONLY,
    run: getOptions,
  },
  {
    name: 'app.option.set',
    scope: 'basic',
    docs: `${DOCS}/settings/app-option-set.md`,
    withoutApp: APP_ONLY,
    withoutAdmin: DENIED,
    run: setOptions,
  },
  {
    name: 'feature.get',
    scope: 'basic',
    docs: `${DOCS}/system/feature-get.md`,
    run: feature,
  },
]

/** A local application (L), installed. */
function info({ portal, auth }: RestCall): MethodReply {
  const family = portal.plan === 'enterprise' ? 'ent' : 'std'
  return done({
    ID: 1,
    CODE: auth.appId,
    VERSION: 1,
    STATUS: 'L',
    INSTALLED: true,
    PAYMENT_EXPIRED: 'N',
    DAYS: null,
    LANGUAGE_ID: 'ru',
    LICENSE: `ru_${family}`,
    LICENSE_TYPE: family,
    LICENSE_FAMILY: family,
  })
}

/** One option by name, or all of them; none at all is `[]`. */
function getOptions({ params, portal, auth }: RestCall): MethodReply {
  const own = portal.data.appOptions[auth.appId ?? ''] ?? {}
  const name = phpText(anyCase(params, 'option'))
  if (name) return done(own[name] ?? '')
  return done(Object.keys(own).length === 0 ? [] : own)
}

function setOptions({ params, portal, auth }: RestCall): MethodReply {
  const given = anyCase(params, 'options')
  if (!isPhpArray(given)) return refused('ERROR_ARGUMENT', "Argument 'options' is null or empty")
  const id = auth.appId ?? ''
  portal.data.appOptions[id] = { ...portal.data.appOptions[id], ...given }
  return done(true)
}

/** Offline events with reservation are on every plan, `auth_connector` on the enterprise one. */
function feature({ params, portal }: RestCall): MethodReply {
  const code = phpText(anyCase(params, 'code')) ?? ''
  if (code === '') return refused('CODE_EMPTY', 'CODE can not be empty')
  const isOn =
    code === 'rest_offline_extended' ||
    (code === 'rest_auth_connector' && portal.plan === 'enterprise')
  return done({ value: isOn ? 'Y' : 'N' })
}
