import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generate } from 'selfsigned'

/** Writes a certificate for loopback with its key into the folder; returns the paths. */
export async function writeSelfSigned(
  folder: string,
  name: string,
): Promise<{ certificate: string; key: string }> {
  const pair = await generate([{ name: 'commonName', value: name }], { algorithm: 'sha256' })
  const [certificate, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)]
  await writeFile(certificate, pair.cert)
  await writeFile(key, pair.private)
  return { certificate, key }
}
