import type pg from 'pg'

export interface BackupTable {
  name: string
  /** Those that hold a value of their own: generated ones are made anew. */
  columns: string[]
}

/** Where Kysely notes which migrations ran; `schema` in the backup's header stands for it. */
const BOOKKEEPING = ['kysely_migration', 'kysely_migration_lock']

/** Our tables with their columns; a table comes after those that it refers to. */
export async function listTables(client: pg.Client): Promise<BackupTable[]> {
  const { rows } = await client.query<BackupTable>(
    `select t.table_name::text as name,
       array_agg(c.column_name::text order by c.ordinal_position) as columns
     from information_schema.tables t
     join information_schema.columns c using (table_schema, table_name)
     where t.table_schema = current_schema() and t.table_type = 'BASE TABLE'
       and t.table_name <> all ($1) and c.is_generated = 'NEVER'
     group by 1 order by 1`,
    [BOOKKEEPING],
  )
  return inOrderOfReference(rows, await listReferences(client))
}

/** The newest migration that ran; null in a database that no relay has seen. */
export async function schemaVersion(client: pg.Client): Promise<string | null> {
  const { rows: found } = await client.query(`select to_regclass('kysely_migration') as name`)
  if (found[0]?.name === null) return null
  const { rows } = await client.query('select max(name) as newest from kysely_migration')
  return rows[0]?.newest ?? null
}

/** A name as it stands in SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

async function listReferences(client: pg.Client): Promise<Map<string, Set<string>>> {
  const { rows } = await client.query<{ from: string; to: string }>(
    `select f.relname::text as from, t.relname::text as to
     from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and k.connamespace = current_schema()::regnamespace
       and k.conrelid <> k.confrelid`,
  )
  const references = new Map<string, Set<string>>()
  for (const { from, to } of rows) {
    references.set(from, (references.get(from) ?? new Set()).add(to))
  }
  return references
}

function inOrderOfReference(
  tables: BackupTable[],
  references: Map<string, Set<string>>,
): BackupTable[] {
  const ordered: BackupTable[] = []
  const rest = new Map(tables.map((table) => [table.name, table]))
  while (rest.size > 0) {
    const free = [...rest.values()].filter(
      ({ name }) => ![...(references.get(name) ?? [])].some((other) => rest.has(other)),
    )
    if (free.length === 0)
      throw new Error(`tables refer in a circle: ${[...rest.keys()].join(', ')}`)
    for (const table of free) {
      ordered.push(table)
      rest.delete(table.name)
    }
  }
  return ordered
}
