import type { Entity, EntityKind, PortalData } from '../model.ts'

/** Entities with one of these numbers or addresses, lowest id first. */
export function findByCommunication(
  data: PortalData,
  kind: EntityKind,
  type: 'PHONE' | 'EMAIL',
  values: readonly string[],
): Entity[] {
  const wanted = new Set(values.map((value) => plain(type, value)))
  return data.entities[kind].filter(({ multifields }) =>
    multifields.some((one) => one.TYPE_ID === type && wanted.has(plain(type, one.VALUE))),
  )
}

/** Extensions after `;` or `,` don't count; a Russian 8 is +7 (docs: crm-duplicate-find-by-comm.md). */
function plain(type: 'PHONE' | 'EMAIL', value: string): string {
  if (type === 'EMAIL') return value.trim().toLowerCase()
  const digits = (value.split(/[;,]/)[0] ?? '').replace(/\D/g, '')
  return digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits
}
