import { spawn, spawnSync } from 'node:child_process'

/** A failure whose message is all that the reader needs: printed in one line, without a stack. */
export class SetUpError extends Error {}

/** Runs a command with its output shown; resolves to its exit status. */
export function run(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`✖ ${command}: ${error.message}`)
      resolve(127)
    })
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)))
  })
}

/** Runs a command silently; its trimmed output, or null when it fails. */
export function output(command: string, args: string[]): string | null {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : null
}

export const isRoot = process.getuid?.() === 0

/** How to become root here: nothing, sudo, or not at all. */
export function rootPrefix(): string[] | null {
  if (isRoot) return []
  if (output('sudo', ['-n', 'true']) !== null) return ['sudo', '-n']
  if (process.stdin.isTTY && output('sh', ['-c', 'command -v sudo']) !== null) return ['sudo']
  return null
}
