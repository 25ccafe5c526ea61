/** Debian packages that the tests against real gateways need; without them those tests are skipped. */
export const GATEWAY_PACKAGES = ['kannel', 'kannel-extras'] as const
