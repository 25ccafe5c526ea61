import type { RelayConfig, TlsConfig } from '../config.ts'
import type { Log } from '../log.ts'
import type { Server } from './server.ts'
import { readTls } from './tls-files.ts'

/** At SIGHUP: new connections get the new certificate; with a bad one the old one stays. */
export function reloadTlsOnSignal(server: Server, tls: TlsConfig, log: Log): () => void {
  const reload = () => {
    try {
      const files = readTls(tls)
      // Fastify made it with these files, so it is one of node:https.
      const https = server.server as unknown as import('node:https').Server
      https.setSecureContext(files)
      log.info('certificate read again')
    } catch (err) {
      log.error({ err }, 'the new certificate is of no use: the old one stays')
    }
  }
  process.on('SIGHUP', reload)
  return () => process.off('SIGHUP', reload)
}

const LISTEN_ERRORS: Record<string, string> = {
  EADDRINUSE: 'is taken by another program: stop it, or set another RELAY_PORT',
  EADDRNOTAVAIL: 'is no address of this machine: correct RELAY_HOST',
  EACCES: 'may not be used by this user: take a RELAY_PORT above 1023, or a proxy before it',
  ENOTFOUND: 'is not known: correct RELAY_HOST',
}

/** Listens; @throws Error of one line that says what is wrong with the address. */
export async function listen(
  server: Server,
  { host, port }: Pick<RelayConfig, 'host' | 'port'>,
): Promise<void> {
  try {
    await server.listen({ host, port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const words = LISTEN_ERRORS[code]
    throw words ? new Error(`can't listen: ${host} port ${port} ${words}`) : error
  }
}
