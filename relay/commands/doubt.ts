import type { OpenDatabase } from '../database/open-database.ts'
import { createLog } from '../log.ts'
import { dropDoubtful, listDoubts, sendDoubtful } from '../messages/doubts.ts'
import { openQueue } from '../queue/delivery-queue.ts'
import { type CommandResult, done, refused, usage } from './command.ts'

/** `doubt`: what a person decides about messages of which nobody knows whether they were sent. */
export async function doubtCommand(
  { db, url }: Pick<OpenDatabase, 'db' | 'url'>,
  [action, ...ids]: string[],
): Promise<CommandResult> {
  switch (action) {
    case 'list': {
      const doubts = await listDoubts(db)
      return done(
        ...doubts.map(({ id, channel, campaign, card, since }) =>
          [id, channel, campaign, card, since.toISOString()].join('\t'),
        ),
      )
    }
    case 'send': {
      const queue = await openQueue(url, createLog('silent'))
      try {
        return await each(ids, (id) => sendDoubtful(db, queue, id))
      } finally {
        await queue.close()
      }
    }
    case 'drop':
      return each(ids, (id) => dropDoubtful(db, id))
    default:
      return usage('doubt list | doubt send ID… | doubt drop ID…')
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function each(
  ids: string[],
  decide: (id: string) => Promise<boolean>,
): Promise<CommandResult> {
  const strangers: string[] = []
  for (const id of ids) {
    if (!UUID.test(id) || !(await decide(id))) strangers.push(`not in doubt: ${id}`)
  }
  return strangers.length > 0 || ids.length === 0 ? refused(...strangers) : done()
}
