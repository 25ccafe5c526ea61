import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new folder that other users may pass through, as a database server that a root test starts must. */
export async function temporaryFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `prozvon-${name}-`))
  await chmod(folder, 0o711)
  return folder
}
