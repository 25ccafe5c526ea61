import { isPhpArray, phpEntries, phpList, phpText } from './php.ts'

/**
 * The list filter of REST 2: an operator before the field's name, values compared as numbers,
 * instants or text (Bitrix24 docs: crm-item-list.md, crm-lead-list.md).
 */
const OPERATORS = [
  '!=%',
  '!%=',
  '=%',
  '%=',
  '!%',
  '!=',
  '!@',
  '>=',
  '<=',
  '!',
  '>',
  '<',
  '@',
  '%',
  '=',
] as const
type Operator = (typeof OPERATORS)[number] | ''

export interface FilterRules {
  /** Value of a row's field; a list passes when one of its values does. */
  valueOf(field: string): unknown
  /** Epoch milliseconds of what looks like a date, else null. */
  instantOf(text: string): number | null
}

/** Splits `>=createdTime` into operator and field. */
export function splitKey(key: string): { operator: Operator; field: string } {
  const operator = OPERATORS.find((candidate) => key.startsWith(candidate)) ?? ''
  return { operator, field: key.slice(operator.length) }
}

/** Every field that a filter names, in nested groups too. */
export function filterFields(filter: unknown): string[] {
  return phpEntries(filter).flatMap(([key, value]) => {
    if (key.toLowerCase() === 'logic') return []
    return isGroup(key, value) ? filterFields(value) : [splitKey(key).field]
  })
}

/** Does a row pass? Groups (`0: {logic: 'OR', …}`) may nest without limit. */
export function matches(filter: unknown, rules: FilterRules): boolean {
  const entries = phpEntries(filter)
  const logic = entries.find(([key]) => key.toLowerCase() === 'logic')?.[1]
  const tests = entries
    .filter(([key]) => key.toLowerCase() !== 'logic')
    .map(([key, value]) => () => {
      if (isGroup(key, value)) return matches(value, rules)
      const { operator, field } = splitKey(key)
      return test(operator, rules.valueOf(field), value, rules)
    })
  const isOr = phpText(logic)?.toUpperCase() === 'OR'
  return isOr ? tests.length === 0 || tests.some((run) => run()) : tests.every((run) => run())
}

function isGroup(key: string, value: unknown): boolean {
  return /^\d+$/.test(key) && isPhpArray(value)
}

function test(operator: Operator, actual: unknown, given: unknown, rules: FilterRules): boolean {
  if (Array.isArray(actual) && !operator.startsWith('!')) {
    return actual.some((one) => test(operator, one, given, rules))
  }
  switch (operator) {
    case '':
    case '=':
    case '@':
      return phpList(given).length === 0
        ? isEmpty(actual)
        : phpList(given).some((one) => compare(actual, one, rules) === 0)
    case '!':
    case '!=':
    case '!@':
      return !test('=', actual, given, rules)
    case '>':
      return ordered(actual, given, rules, (order) => order > 0)
    case '>=':
      return ordered(actual, given, rules, (order) => order >= 0)
    case '<':
      return ordered(actual, given, rules, (order) => order < 0)
    case '<=':
      return ordered(actual, given, rules, (order) => order <= 0)
    case '%':
      return text(actual).includes(text(given))
    case '!%':
      return !text(actual).includes(text(given))
    case '=%':
    case '%=':
      return like(text(actual), text(given))
    case '!=%':
    case '!%=':
      return !like(text(actual), text(given))
  }
}

function ordered(
  actual: unknown,
  given: unknown,
  rules: FilterRules,
  accept: (order: number) => boolean,
): boolean {
  return !isEmpty(actual) && accept(compare(actual, given, rules))
}

/** Negative, 0 or positive, as for sorting. */
export function compare(a: unknown, b: unknown, rules: Pick<FilterRules, 'instantOf'>): number {
  const [left, right] = [phpText(a) ?? '', phpText(b) ?? '']
  if (isNumber(left) && isNumber(right)) return Number(left) - Number(right)
  const [leftAt, rightAt] = [rules.instantOf(left), rules.instantOf(right)]
  if (leftAt !== null && rightAt !== null) return leftAt - rightAt
  const [x, y] = [left.toLowerCase(), right.toLowerCase()]
  return x < y ? -1 : x > y ? 1 : 0
}

function isNumber(value: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(value)
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === ''
}

function text(value: unknown): string {
  return (phpText(value) ?? '').toLowerCase()
}

/** SQL's LIKE with the caller's own `%`. */
function like(value: string, pattern: string): boolean {
  const source = pattern
    .split('%')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${source}$`, 's').test(value)
}
