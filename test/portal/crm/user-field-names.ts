import { camelCase } from './entity-fields.ts'

/** Name of a user field: short, or original with `useOriginalUfNames: 'Y'`. */
export function userFieldName(name: string, isOriginal: boolean): string {
  return isOriginal ? name : shortUserFieldName(name)
}

/**
 * The short name of a user field in `crm.item.*`: `UF_CRM_PASS_NUMBER` → `ufCrmPassNumber`,
 * `UF_CRM_1747309879` → `ufCrm_1747309879`. A name that could not be turned back keeps its
 * end: `UF_CRM_3_DIGIT10` → `ufCrm_3_DIGIT10` (Bitrix24 docs: universal/index.md).
 */
export function shortUserFieldName(name: string): string {
  const camel = camelCase(name)
  const back = camel.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
  const isReversible = back === name && !/\d_?[a-zA-Z]/.test(camel)
  return isReversible ? camel : `ufCrm_${name.slice('UF_CRM_'.length)}`
}
