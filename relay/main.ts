import type { Kysely } from 'kysely'
import { Role } from '../lib/contracts/role.ts'
import { CAMPAIGN_USAGE, runCampaignCommand } from './campaigns/command.ts'
import type { CommandResult } from './commands/command.ts'
import { pairCommand, personCommand } from './commands/people.ts'
import { auditCommand, keysCommand } from './commands/security.ts'
import { tokenCommand } from './commands/tokens.ts'
import { type RelayConfig, readConfig } from './config.ts'
import { openDatabase } from './database/open-database.ts'
import type { Database } from './database/schema.ts'
import { createLog } from './log.ts'
import { startRelay } from './relay.ts'

const USAGE = `usage: node relay/main.ts                                       run the relay
       node relay/main.ts token add --name <who> --role <${Role.options.join('|')}>
       node relay/main.ts token list
       node relay/main.ts token revoke <id> | --person <id>
       node relay/main.ts pair --name <who> --role <role> | --person <id>
       node relay/main.ts person list | activate <id> | deactivate <id> | role <id> <role>
       node relay/main.ts keys new | rotate
       node relay/main.ts audit verify [<seq>:<hash>] | export <file.csv|file.jsonl>
${CAMPAIGN_USAGE}`

/** Runs the relay, or one command on its database, also beside a running relay. */
async function main(args: string[]): Promise<number> {
  const config = readConfig(process.env)
  if (!config.ok) return fail(config.reason.join('\n'))
  const [command, ...rest] = args
  if (command === undefined) {
    // Heard from the beginning: a relay stopped while it starts must not leave its database behind.
    const stop = stopSignal()
    const relay = await startRelay(config.value)
    await stop
    await relay.close()
    return 0
  }
  const run = COMMANDS[command]
  if (!run) return fail(USAGE)
  const database = await openDatabase(config.value.database, createLog('silent'), 'shared')
  try {
    const { ok, lines } = await run(database.db, rest, config.value)
    for (const line of lines) (ok ? console.log : console.error)(line)
    return ok ? 0 : 1
  } finally {
    await database.close()
  }
}

type Command = (db: Kysely<Database>, args: string[], config: RelayConfig) => Promise<CommandResult>

/** The commands that work on the database, also beside a running relay. */
const COMMANDS: Partial<Record<string, Command>> = {
  pair: pairCommand,
  person: personCommand,
  token: tokenCommand,
  keys: (db, args, config) => keysCommand(db, config, args),
  audit: auditCommand,
  campaign: async (db, args) => {
    const done = await runCampaignCommand(db, args)
    return { ok: done.ok, lines: [done.ok ? done.value : (done.reason ?? CAMPAIGN_USAGE)] }
  },
}

function fail(message: string): number {
  console.error(message)
  return 1
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.exitCode = fail(error instanceof Error ? error.message : String(error))
}
