import { once } from 'node:events'
import { Readable } from 'node:stream'
import type pg from 'pg'

/** The part of `pg.Connection` that COPY needs and its types leave out. */
interface CopyConnection extends pg.Connection {
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(reason: string): void
}

/**
 * Reads a `COPY … TO STDOUT` as a stream of rows, no faster than they are taken (PostgreSQL docs:
 * «Frontend/Backend Protocol, COPY Operations»). It must be read to its end.
 */
export function copyOut(client: pg.Client, sql: string): Readable {
  let connection: pg.Connection | null = null
  const rows = new Readable({ read: () => connection?.stream.resume() })
  const query = {
    submit(given: pg.Connection) {
      connection = given
      given.query(sql)
    },
    handleCopyData({ chunk }: { chunk: Buffer }, given: pg.Connection) {
      if (!rows.push(chunk)) given.stream.pause()
    },
    handleCommandComplete() {},
    handleReadyForQuery: () => rows.push(null),
    handleError: (error: Error) => rows.destroy(error),
  }
  client.query(query)
  return rows
}

/** Writes rows by a `COPY … FROM STDIN`; an error of the rows' source takes the rows back. */
export function copyIn(client: pg.Client, sql: string, rows: AsyncIterable<Buffer>): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: unknown = null
    const pump = async (connection: CopyConnection) => {
      try {
        for await (const chunk of rows) {
          if (failure) return
          connection.sendCopyFromChunk(chunk)
          if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain')
        }
        connection.endCopyFrom()
      } catch (error) {
        failure = error
        connection.sendCopyFail('the source failed')
      }
    }
    client.query({
      submit: (connection: pg.Connection) => connection.query(sql),
      handleCopyInResponse: (connection: CopyConnection) => void pump(connection),
      handleCommandComplete() {},
      handleReadyForQuery: () => (failure ? undefined : resolve()),
      handleError(error: Error) {
        failure ??= error
        reject(failure)
      },
    })
  })
}
