import { z } from 'zod'
import { Instant } from '../contracts/common.ts'

/**
 * Shapes of the answers that make up a card. Bitrix24 gives numbers as numbers or as strings,
 * empty links as `0`, `"0"` or null, and unasked-for fields: all of that is let through.
 */
const Text = z
  .string()
  .nullish()
  .transform((text) => text?.trim() || null)
  .catch(null)

const Link = z.coerce
  .number()
  .int()
  .nullish()
  .transform((id) => id || null)
  .catch(null)

const Multifield = z.looseObject({
  typeId: z.string(),
  valueType: z.string().catch('WORK'),
  value: z.string(),
})

/** `result` of `crm.item.get` for a lead, company or contact. */
export const ItemResult = z.looseObject({
  item: z.looseObject({
    id: Link.optional(),
    title: Text,
    companyTitle: Text,
    name: Text,
    secondName: Text,
    lastName: Text,
    post: Text,
    stageId: Text,
    sourceId: Text,
    assignedById: Link,
    fm: z.array(Multifield).catch([]),
  }),
})
export type Item = z.infer<typeof ItemResult>['item']

/** `result` of `crm.lead.get` and `crm.company.get`: the only methods that tell the city. */
export const AddressResult = z.looseObject({ ADDRESS_CITY: Text })

/** An instant that Bitrix24 gives for «never» is none. */
const Deadline = z
  .preprocess((value) => (String(value).startsWith('9999') ? null : value), Instant.nullable())
  .catch(null)

/** `result` of `crm.activity.list`, as far as we select. */
export const ActivityRows = z.array(
  z.looseObject({
    ID: z.coerce.number().int(),
    SUBJECT: Text,
    DESCRIPTION: z.string().nullish().catch(null),
    DEADLINE: Deadline,
    RESPONSIBLE_ID: Link,
  }),
)
export type ActivityRow = z.infer<typeof ActivityRows>[number]
