import { createHash, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { generate } from 'selfsigned'

const DAY_MS = 86_400_000

export type Certificate = {
  /** Private key, PEM. */
  key: string
  /** Self-signed certificate, PEM. */
  cert: string
  /** For Chromium's `--ignore-certificate-errors-spki-list`: base64 of the key's SHA-256. */
  spkiHash: string
}

/**
 * Makes a self-signed certificate for stands and tests. A browser that is told its `spkiHash`
 * accepts this one key and goes on refusing every other bad certificate.
 *
 * @param hostNames DNS names (also `*.name`) and IP addresses; the first is the common name
 */
export async function makeCertificate(
  hostNames: readonly [string, ...string[]],
): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: hostNames[0] }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - DAY_MS),
    notAfterDate: new Date(Date.now() + 90 * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hostNames.map((name) =>
          isIP(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name },
        ),
      },
    ],
  })
  const publicKey = new X509Certificate(made.cert).publicKey.export({ type: 'spki', format: 'der' })
  const spkiHash = createHash('sha256').update(publicKey).digest('base64')
  return { key: made.private, cert: made.cert, spkiHash }
}
