import type { Entity, Multifield, PortalData } from '../model.ts'
import { isPhpArray, phpEntries, phpText, positiveInt } from '../rest/php.ts'
import { nextId } from './ids.ts'

const TYPES = ['PHONE', 'EMAIL', 'WEB', 'IM', 'LINK'] as const
type TypeId = (typeof TYPES)[number]

/** Names of multifields in the old methods, in the order of their answers. */
export const MULTIFIELD_NAMES: readonly TypeId[] = TYPES

function typeOf(value: unknown): TypeId | null {
  const text = phpText(value)
  return TYPES.find((type) => type === text) ?? null
}

/**
 * `PHONE: [{VALUE, VALUE_TYPE}]` of the old methods: an entry without ID is a new one, with ID
 * it changes that one; `DELETE: 'Y'`, an empty VALUE or a lone ID deletes. Entries that are not
 * mentioned stay (Bitrix24 docs: crm/data-types.md#crm_multifield, crm-contact-update.md).
 */
export function writeOldMultifield(
  data: PortalData,
  entity: Entity,
  type: TypeId,
  value: unknown,
): void {
  for (const [, entry] of phpEntries(value)) {
    if (!isPhpArray(entry)) continue
    const id = positiveInt(entry.ID)
    const text = entry.DELETE === 'Y' ? '' : (phpText(entry.VALUE) ?? '')
    write(data, entity, { id, type, valueType: phpText(entry.VALUE_TYPE), text })
  }
}

/**
 * `fm` of `crm.item.*`: keys of the map are ids, or `n0`, `n1` … for new ones; an empty value
 * deletes. An entry without `typeId` does nothing (Bitrix24 docs: crm-item-update.md).
 */
export function writeFm(data: PortalData, entity: Entity, fm: unknown): void {
  for (const [key, entry] of phpEntries(fm)) {
    if (!isPhpArray(entry)) continue
    const type = typeOf(entry.typeId)
    if (type === null) continue
    const text = phpText(entry.value) ?? ''
    const valueType = phpText(entry.valueType)
    write(data, entity, { id: positiveInt(key), type, valueType, text })
  }
}

interface Entry {
  id: number | null
  type: TypeId
  valueType: string | null
  text: string
}

function write(data: PortalData, entity: Entity, entry: Entry): void {
  const known = entity.multifields.find(({ ID, TYPE_ID }) => {
    return ID === entry.id && TYPE_ID === entry.type
  })
  if (entry.text === '') {
    entity.multifields = entity.multifields.filter((one) => one !== known)
  } else if (known) {
    known.VALUE = entry.text
    known.VALUE_TYPE = entry.valueType ?? known.VALUE_TYPE
  } else {
    entity.multifields.push(newMultifield(data, entry))
  }
}

function newMultifield(data: PortalData, { type, valueType, text }: Entry): Multifield {
  return {
    ID: nextId(data, 'multifield'),
    TYPE_ID: type,
    VALUE_TYPE: valueType || 'WORK',
    VALUE: text.trim(),
  }
}
