/** A contact person as a base names them. Either part may be empty. */
export interface BaseContact {
  name: string
  role: string
}

/** Words that tell a role, in Ukrainian, Russian and English. */
const ROLE = new RegExp(
  `^(?:${[
    '(?:ген)?директор(?:ка|ша)?',
    'керівни(?:к|ця)',
    'руководитель(?:ница)?',
    'начальни(?:к|ця|ца)',
    'завідувач(?:ка)?',
    'заведующ(?:ий|ая)',
    'зав|зам|фоп',
    'заступни(?:к|ця)',
    'заместитель(?:ница)?',
    'менеджер(?:ка)?',
    '(?:глав|голов)?(?:бухгалтер(?:ка)?|бух)',
    '(?:інженер|инженер)(?:ка)?',
    'власни(?:к|ця)',
    'владел(?:ец|ица)',
    'засновни(?:к|ця)',
    'учредитель(?:ница)?',
    'секретар(?:ь|ка)?',
    'постачальни(?:к|ця)',
    'снабжен(?:ец|ка)',
    'закупівельни(?:к|ця)',
    'закупщи(?:к|ца)',
    'прораб|технолог(?:иня)?|механ[іи]к',
    '(?:адміністратор|администратор)(?:ка)?',
    'юрист(?:ка)?|маркетолог|лог[іи]ст(?:ка)?',
    'director|manager|owner|accountant|head|ceo',
  ].join('|')})\\.?$`,
  'i',
)

/** Words that only belong to a role when one stands beside them. */
const ROLE_ADJECTIVE =
  /^(?:генеральн|комерційн|коммерческ|виконавч|исполнительн|головн|главн|технічн|техническ|фінансов|финансов|старш|перш|general|commercial|chief|sales|deputy)/i

/**
 * «Богдан директор» → Богдан, директор (requirement 000-23). A role's own additions in small
 * letters stay with it: «Олена начальник відділу закупівель».
 */
export function splitContact(cell: string): BaseContact {
  const words = cell
    .replace(/[(),;:]|\s[-–—]\s/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
  const name: string[] = []
  const role: string[] = []
  words.forEach((word, index) => {
    const next = words[index + 1] ?? ''
    const previousIsRole = index > 0 && role.at(-1) === words[index - 1]
    const isRole =
      ROLE.test(word) ||
      (ROLE_ADJECTIVE.test(word) && (ROLE.test(next) || ROLE_ADJECTIVE.test(next))) ||
      (previousIsRole && /^\p{Ll}/u.test(word))
    ;(isRole ? role : name).push(word)
  })
  return { name: name.join(' '), role: role.join(' ') }
}
