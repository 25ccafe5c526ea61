import { spawn } from 'node:child_process'
import type { SystemUser } from './system-user.ts'

/**
 * Runs a program to its end, with a clean environment: PGHOST, PGDATA and the like of the person
 * who starts the relay must not leak in. A program that can't be started throws.
 */
export function runProgram(
  program: string,
  args: string[],
  options: { user: SystemUser | null; env?: Record<string, string> },
): Promise<{ code: number | null; output: string }> {
  const { PATH = '', SystemRoot = '' } = process.env
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...options.user,
      // Our own folder may be closed to the database's user.
      cwd: '/',
      env: { PATH, SystemRoot, LC_ALL: 'C', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (chunk: string) => {
        output = (output + chunk).slice(-4_000)
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output: output.trim() }))
  })
}
