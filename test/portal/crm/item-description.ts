import type { EntityKind, PortalData } from '../model.ts'
import { userFieldsOf } from './entities.ts'
import { fieldsOf } from './entity-fields.ts'
import { userFieldName } from './user-field-names.ts'

/** Fields of a kind as `crm.item.fields` describes them. */
export function describeItem(
  data: PortalData,
  kind: EntityKind,
  hasOriginalNames: boolean,
): Record<string, unknown> {
  const own = fieldsOf(kind).flatMap((field) =>
    field.item === null
      ? []
      : [
          [
            field.item,
            {
              type: field.type === 'char' ? 'boolean' : field.type,
              isRequired: false,
              isReadOnly: field.isReadOnly,
              isImmutable: false,
              isMultiple: field.isMultiple,
              isDynamic: false,
              ...(field.statusType === null ? {} : { statusType: field.statusType }),
              title: field.name,
              upperName: field.name,
            },
          ],
        ],
  )
  const users = userFieldsOf(data, kind).map((field) => [
    userFieldName(field.FIELD_NAME, hasOriginalNames),
    {
      type: field.USER_TYPE_ID,
      isRequired: field.MANDATORY === 'Y',
      isReadOnly: false,
      isImmutable: false,
      isMultiple: field.MULTIPLE === 'Y',
      isDynamic: true,
      title: field.LABEL,
      upperName: field.FIELD_NAME,
    },
  ])
  const fm = { type: 'crm_multifield', isMultiple: true, isDynamic: false, upperName: 'FM' }
  return { ...Object.fromEntries([...own, ...users]), fm }
}
