import { parseArgs } from 'node:util'
import { Role } from '../lib/contracts/role.ts'
import { backupCommand, restoreCommand } from './commands/backup.ts'
import { type CommandResult, done } from './commands/command.ts'
import { doubtCommand } from './commands/doubt.ts'
import { eraseCommand, retainCommand } from './commands/privacy.ts'
import { type RelayConfig, readConfig } from './config.ts'
import { openDatabase } from './database/open-database.ts'
import { createLog } from './log.ts'
import { startRelay } from './relay.ts'
import { startNotes } from './start-notes.ts'
import { addToken, listTokens, revokeToken } from './tokens/token-store.ts'

const USAGE = `usage: node relay/main.ts                                       run the relay
       node relay/main.ts token add --name <who> --role <${Role.options.join('|')}>
       node relay/main.ts token list
       node relay/main.ts token revoke <id>
       node relay/main.ts check-config                                 says what is wrong, and where
       node relay/main.ts backup FILE                                  beside a working relay
       node relay/main.ts restore FILE [--replace]                     while no relay works
       node relay/main.ts erase --phone <number> | --mail <address>    a person's data
       node relay/main.ts retain --days <n>                            personal data that had its time
       node relay/main.ts doubt list | send <id>… | drop <id>…         messages that may have been sent`

/** Runs the relay, or one command on its database, also beside a running relay. */
async function main(args: string[]): Promise<number> {
  const config = readConfig(process.env)
  if (!config.ok) return fail(config.reason.join('\n'))
  const [command, ...rest] = args
  switch (command) {
    case undefined:
      return run(config.value)
    case 'check-config':
      return show(done('the configuration is in order', ...startNotes(config.value)))
    case 'backup':
      return show(await backupCommand(config.value, rest))
    case 'restore':
      return show(await restoreCommand(config.value, rest))
    case 'token':
    case 'erase':
    case 'retain':
    case 'doubt':
      return onDatabase(config.value, command, rest)
    default:
      return fail(USAGE)
  }
}

async function run(config: RelayConfig): Promise<number> {
  // Heard from the beginning: a relay stopped while it starts must not leave its database behind.
  const stop = stopSignal()
  const relay = await startRelay(config)
  await stop
  endAnyway(config)
  await relay.close()
  return 0
}

async function onDatabase(
  config: RelayConfig,
  command: 'token' | 'erase' | 'retain' | 'doubt',
  args: string[],
): Promise<number> {
  const database = await openDatabase(config.database, createLog('silent'), 'shared')
  try {
    switch (command) {
      case 'token':
        return await runTokenCommand(database.db, args[0], args.slice(1))
      case 'erase':
        return show(await eraseCommand(database, args))
      case 'retain':
        return show(await retainCommand(database, args))
      case 'doubt':
        return show(await doubtCommand(database, args))
    }
  } finally {
    await database.close()
  }
}

async function runTokenCommand(
  db: Parameters<typeof addToken>[0],
  action: string | undefined,
  args: string[],
): Promise<number> {
  switch (action) {
    case 'add': {
      const options = { name: { type: 'string' }, role: { type: 'string' } } as const
      const { name, role } = parseArgs({ args, options }).values
      const known = Role.safeParse(role ?? 'operator')
      if (!name || !known.success) return fail(USAGE)
      console.log(await addToken(db, name, known.data))
      console.error('Shown this once: put it into the settings of the extension.')
      return 0
    }
    case 'list':
      for (const { tokenId, role, name, createdAt } of await listTokens(db)) {
        console.log([tokenId, role, createdAt.toISOString(), name].join('\t'))
      }
      return 0
    case 'revoke': {
      const [id = ''] = args
      return (await revokeToken(db, id)) ? 0 : fail(`no such token: ${id}`)
    }
    default:
      return fail(USAGE)
  }
}

function fail(message: string): number {
  console.error(message)
  return 1
}

function show({ ok, lines }: CommandResult): number {
  for (const line of lines) (ok ? console.log : console.error)(line)
  return ok ? 0 : 1
}

const STOP_SIGNALS = ['SIGINT', 'SIGTERM'] as const

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of STOP_SIGNALS) process.once(signal, () => resolve())
  })
}

/** What is in hand gets its time; a second signal, or the end of that time, ends at once. */
function endAnyway({ drainSeconds, stopSeconds }: RelayConfig): void {
  const end = (why: string) => {
    console.error(`${why}: what was in hand is left as it is`)
    process.exit(1)
  }
  for (const signal of STOP_SIGNALS) process.once(signal, () => end('told to stop twice'))
  const timeMs = (drainSeconds + stopSeconds) * 1_000
  setTimeout(() => end(`not ended within ${stopSeconds} s`), timeMs).unref()
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.exitCode = fail(error instanceof Error ? error.message : String(error))
}
