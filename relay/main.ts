import type { Kysely } from 'kysely'
import { Role } from '../lib/contracts/role.ts'
import { CAMPAIGN_USAGE, runCampaignCommand } from './campaigns/command.ts'
import { backupCommand, restoreCommand } from './commands/backup.ts'
import { type CommandResult, done } from './commands/command.ts'
import { doubtCommand } from './commands/doubt.ts'
import { pairCommand, personCommand } from './commands/people.ts'
import { eraseCommand, retainCommand } from './commands/privacy.ts'
import { auditCommand, keysCommand } from './commands/security.ts'
import { tokenCommand } from './commands/tokens.ts'
import { type RelayConfig, readConfig } from './config.ts'
import { openDatabase } from './database/open-database.ts'
import type { Database } from './database/schema.ts'
import { createLog } from './log.ts'
import { startRelay } from './relay.ts'
import { sealerOf } from './secrets/sealed.ts'
import { startNotes } from './start-notes.ts'
import { STOP_LIST_USAGE, stopListCommand } from './stop-list/command.ts'

const USAGE = `usage: node relay/main.ts                                       run the relay
       node relay/main.ts token add --name <who> --role <${Role.options.join('|')}>
       node relay/main.ts token list
       node relay/main.ts token revoke <id> | --person <id>
       node relay/main.ts pair --name <who> --role <role> | --person <id>
       node relay/main.ts person list | activate <id> | deactivate <id> | role <id> <role>
       node relay/main.ts keys new | rotate
       node relay/main.ts audit verify [<seq>:<hash>] | export <file.csv|file.jsonl>
       node relay/main.ts check-config                                 says what is wrong, and where
       node relay/main.ts backup FILE                                  beside a working relay
       node relay/main.ts restore FILE [--replace]                     while no relay works
       node relay/main.ts erase --phone <number> | --mail <address>    a person's data
       node relay/main.ts retain --days <n>                            personal data that had its time
       node relay/main.ts doubt list | send <id>… | drop <id>…         messages that may have been sent
${STOP_LIST_USAGE}
${CAMPAIGN_USAGE}`

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
    default:
      return onDatabase(config.value, command, rest)
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

async function onDatabase(config: RelayConfig, name: string, args: string[]): Promise<number> {
  const command = COMMANDS[name]
  if (!command) return fail(USAGE)
  const database = await openDatabase(config.database, createLog('silent'), 'shared')
  try {
    return show(await command(database.db, args, config, database.url))
  } finally {
    await database.close()
  }
}

type Command = (
  db: Kysely<Database>,
  args: string[],
  config: RelayConfig,
  url: string,
) => Promise<CommandResult>

/** The commands that work on the database, also beside a running relay. */
const COMMANDS: Partial<Record<string, Command>> = {
  pair: (db, args, { keys }) => pairCommand(db, args, sealerOf(keys)),
  person: personCommand,
  token: tokenCommand,
  keys: (db, args, config) => keysCommand(db, config, args),
  audit: auditCommand,
  erase: (db, args) => eraseCommand({ db }, args),
  retain: (db, args) => retainCommand({ db }, args),
  doubt: (db, args, _config, url) => doubtCommand({ db, url }, args),
  'stop-list': stopListCommand,
  campaign: async (db, args, { keys }) => {
    const done = await runCampaignCommand(db, args, sealerOf(keys))
    return { ok: done.ok, lines: [done.ok ? done.value : (done.reason ?? CAMPAIGN_USAGE)] }
  },
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
