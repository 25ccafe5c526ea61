import { parseArgs } from 'node:util'
import { Role } from '../lib/contracts/role.ts'
import { CAMPAIGN_USAGE, runCampaignCommand } from './campaigns/command.ts'
import { readConfig } from './config.ts'
import { openDatabase } from './database/open-database.ts'
import { createLog } from './log.ts'
import { startRelay } from './relay.ts'
import { addToken, listTokens, revokeToken } from './tokens/token-store.ts'

const USAGE = `usage: node relay/main.ts                                       run the relay
       node relay/main.ts token add --name <who> --role <${Role.options.join('|')}>
       node relay/main.ts token list
       node relay/main.ts token revoke <id>
${CAMPAIGN_USAGE}`

/** Runs the relay, or one command on its database, also beside a running relay. */
async function main(args: string[]): Promise<number> {
  const config = readConfig(process.env)
  if (!config.ok) return fail(config.reason.join('\n'))
  const [command, action, ...rest] = args
  if (command === undefined) {
    // Heard from the beginning: a relay stopped while it starts must not leave its database behind.
    const stop = stopSignal()
    const relay = await startRelay(config.value)
    await stop
    await relay.close()
    return 0
  }
  if (command !== 'token' && command !== 'campaign') return fail(USAGE)
  const database = await openDatabase(config.value.database, createLog('silent'), 'shared')
  try {
    if (command === 'campaign') {
      const done = await runCampaignCommand(database.db, args.slice(1))
      if (!done.ok) return fail(done.reason ?? USAGE)
      console.log(done.value)
      return 0
    }
    return await runTokenCommand(database.db, action, rest)
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
