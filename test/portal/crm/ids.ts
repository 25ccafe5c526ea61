import type { Entity, EntityKind, PortalData } from '../model.ts'

/** Takes the next number of a table; numbers are never given twice. */
export function nextId(data: PortalData, table: string): number {
  const id = (data.lastId[table] ?? 0) + 1
  data.lastId[table] = id
  return id
}

/** An entity by number. */
export function findEntity(data: PortalData, kind: EntityKind, id: number | null): Entity | null {
  return data.entities[kind].find(({ ID }) => ID === id) ?? null
}
