import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { TlsConfig } from '../config.ts'

export interface TlsFiles {
  cert: Buffer
  key: Buffer
}

/** Reads certificate and key, and tries them; @throws Error that names the file, or the pair. */
export function readTls({ certificate, key }: TlsConfig): TlsFiles {
  const read = (name: string, path: string) => {
    try {
      return readFileSync(path)
    } catch {
      throw new Error(`${name}: can't read ${path}: check the path and its permissions`)
    }
  }
  const files = { cert: read('RELAY_TLS_CERT', certificate), key: read('RELAY_TLS_KEY', key) }
  try {
    createSecureContext(files)
  } catch {
    throw new Error(
      `RELAY_TLS_CERT, RELAY_TLS_KEY: ${certificate} and ${key} are no certificate with its key (PEM)`,
    )
  }
  return files
}
