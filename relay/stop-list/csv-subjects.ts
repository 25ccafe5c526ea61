import type { Result } from '../../lib/contracts/common.ts'
import type { StopImportOptions, StopImportProblem } from '../../lib/contracts/relay-stop-desk.ts'
import type { StopSubject } from '../../lib/contracts/relay-stop-list.ts'
import { companySubject, mailSubject, phoneSubject } from '../../lib/stop-list/subject.ts'
import type { Cells } from './csv-columns.ts'

/** Why a line is not taken, and the cell. */
export type Wrong = [StopImportProblem, string]

/** Everybody whom a line means; a cell may hold several numbers or addresses. */
export function subjectsOf(
  cells: Cells,
  { country }: Pick<StopImportOptions, 'country'>,
): Result<StopSubject[], Wrong> {
  const phone = (raw: string) =>
    phoneSubject(raw, country === undefined ? {} : { defaultCountry: country })
  const found = [
    ...parts(cells.any).map((raw) =>
      raw.includes('@') ? read('wrong_mail', raw, mailSubject) : read('wrong_phone', raw, phone),
    ),
    ...parts(cells.phone).map((raw) => read('wrong_phone', raw, phone)),
    ...parts(cells.mail).map((raw) => read('wrong_mail', raw, mailSubject)),
    ...(['edrpou', 'inn'] as const).flatMap((by) =>
      whole(cells[by]).map((raw) =>
        read('wrong_company', raw, (text) => companySubject({ by, text })),
      ),
    ),
    ...whole(cells.bitrix24).map((raw) =>
      read('wrong_company', raw, (text) => companySubject({ by: 'bitrix24', id: Number(text) })),
    ),
  ]
  // The name of a company beside its number tells whose the number is; alone it bars the company.
  if (found.length === 0) {
    found.push(
      ...whole(cells.company).map((raw) =>
        read('wrong_company', raw, (text) => companySubject({ by: 'name', text })),
      ),
    )
  }
  const subjects: StopSubject[] = []
  for (const one of found) {
    if (!one.ok) return one
    subjects.push(one.value)
  }
  if (subjects.length === 0) return { ok: false, reason: ['no_subject', ''] }
  return { ok: true, value: subjects }
}

function read(
  reason: StopImportProblem,
  raw: string,
  reader: (raw: string) => Result<StopSubject, string>,
): Result<StopSubject, Wrong> {
  const subject = reader(raw)
  return subject.ok ? subject : { ok: false, reason: [reason, raw] }
}

function parts(cell = ''): string[] {
  return cell
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function whole(cell = ''): string[] {
  return cell.trim() === '' ? [] : [cell]
}
