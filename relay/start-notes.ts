import { isIP } from 'node:net'
import type { RelayConfig } from './config.ts'

/**
 * What an administrator should know at start, in plain lines: what works with this configuration,
 * what needs an address that Bitrix24 or a gateway can reach from outside, and what is unsafe.
 */
export function startNotes(
  config: Pick<
    RelayConfig,
    'host' | 'publicUrl' | 'tls' | 'trustedProxies' | 'keys' | 'kannel' | 'smtp'
  >,
): string[] {
  return [
    ...reachNotes(config),
    ...safetyNotes(config),
    ...keyNotes(config),
    ...gatewayNotes(config),
  ]
}

function reachNotes({ publicUrl }: Pick<RelayConfig, 'publicUrl'>): string[] {
  const works =
    'extensions on this network, SMS and mail, and reading the portal (it polls for events)'
  if (publicUrl === null) {
    return [
      'RELAY_PUBLIC_URL is not set: Bitrix24 cannot reach this relay',
      `works without it: ${works}`,
      "needs it: Bitrix24's install call, its events as they happen, its SMS provider",
    ]
  }
  const { protocol, hostname } = new URL(publicUrl)
  if (isPrivate(hostname)) {
    return [
      `RELAY_PUBLIC_URL is an address of this network: a portal in Bitrix24's cloud cannot reach it`,
      `works all the same: ${works}; a portal on this network reaches everything`,
    ]
  }
  return protocol === 'https:'
    ? [
        'RELAY_PUBLIC_URL is set: install call, events and the SMS provider of Bitrix24 work if this ' +
          'address leads here from outside',
      ]
    : ['RELAY_PUBLIC_URL is not https: Bitrix24 calls https addresses only']
}

function safetyNotes({
  host,
  tls,
  trustedProxies,
}: Pick<RelayConfig, 'host' | 'tls' | 'trustedProxies'>): string[] {
  if (tls || isLoopback(host)) return []
  return [
    trustedProxies.length > 0
      ? `${host} is open to the network without TLS: let only the proxy reach it`
      : `UNSAFE: ${host} is open to the network without TLS: tokens and texts can be read on the ` +
        'way. Set RELAY_TLS_CERT and RELAY_TLS_KEY, or listen on 127.0.0.1 behind a proxy',
  ]
}

function keyNotes({ keys }: Pick<RelayConfig, 'keys'>): string[] {
  if (keys.length > 0) return []
  return [
    'RELAY_KEYS is not set: the keys that sign campaigns and delivery links lie unsealed in the ' +
      'database and its backups, and no softphone passwords are kept. Make one by «keys new»',
  ]
}

function gatewayNotes({ kannel, smtp }: Pick<RelayConfig, 'kannel' | 'smtp'>): string[] {
  return [
    ...(kannel ? [] : ['KANNEL_URL is not set: no SMS is taken']),
    ...(smtp ? [] : ['SMTP_URL is not set: no mail is taken']),
  ]
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^(::ffff:)?127\./.test(host)
}

/** Of this machine or of a private network (RFC 1918, RFC 4193, RFC 6762). */
function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isLoopback(host)) return true
  if (isIP(host) === 0) return !host.includes('.') || /\.(local|lan|internal|test)$/.test(host)
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|f[cd]|fe80)/i.test(host)
}
