/**
 * A fault to come, for tests of what a client does when the portal misbehaves:
 * - `before`: the connection breaks before anything is done;
 * - `after-effect-no-answer`: everything is done, then the connection breaks;
 * - `half-answer`: everything is done, and the connection breaks in the middle of the answer;
 * - `502`: the proxy answers with a page instead of JSON, nothing is done;
 * - `500`: INTERNAL_SERVER_ERROR, nothing is done;
 * - `limit`: 503 QUERY_LIMIT_EXCEEDED, nothing is done;
 * - `overload`: 503 OVERLOAD_LIMIT, nothing is done;
 * - `operating`: 429 OPERATION_TIME_LIMIT, nothing is done;
 * - `delay`: done and answered as usual, but late.
 */
export const FAULT_KINDS = [
  'before',
  'after-effect-no-answer',
  'half-answer',
  '502',
  '500',
  'limit',
  'overload',
  'operating',
  'delay',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

export interface FaultSpec {
  kind: FaultKind
  /** Only a request of this method, or a batch with it (any case); without it, any request. */
  method?: string
  /** How many requests it hits; 1 unless told. */
  times?: number
  /** The n-th request that fits is the first one hit; 1 unless told. */
  nth?: number
  /** For `delay`: how late, in milliseconds; 1000 unless told. */
  delayMs?: number
}

/** Faults that wait for their requests, first come first served. */
export class FaultQueue {
  #waiting: { spec: FaultSpec; skip: number; left: number }[] = []

  add(spec: FaultSpec): void {
    this.#waiting.push({ spec, skip: (spec.nth ?? 1) - 1, left: spec.times ?? 1 })
  }

  /** Forgets every fault that is still to come. */
  clear(): void {
    this.#waiting = []
  }

  /** Faults that are still to come. */
  list(): FaultSpec[] {
    return this.#waiting.map(({ spec }) => spec)
  }

  /** The fault that a request of these methods meets, if any; it is used up by that. */
  take(methods: readonly string[]): FaultSpec | null {
    const names = new Set(methods.map((name) => name.toLowerCase()))
    const fitting = this.#waiting.filter(
      ({ spec }) => spec.method === undefined || names.has(spec.method.toLowerCase()),
    )
    const next = fitting.find(({ skip }) => skip === 0)
    for (const one of fitting) if (one.skip > 0) one.skip -= 1
    if (!next) return null
    next.left -= 1
    if (next.left <= 0) this.#waiting = this.#waiting.filter((one) => one !== next)
    return next.spec
  }
}

/**
 * A fault from the command line: `kind[:method][,nth=N][,times=N][,delay=MS]`, e.g.
 * `half-answer:crm.lead.add,nth=3`. Throws with one clear line when it is none.
 */
export function parseFault(text: string): FaultSpec {
  const [head = '', ...options] = text.split(',')
  const at = head.indexOf(':')
  const name = at === -1 ? head : head.slice(0, at)
  const method = at === -1 ? '' : head.slice(at + 1)
  const kind = FAULT_KINDS.find((one) => one === name)
  if (kind === undefined) throw new Error(`unknown fault: ${name} (${FAULT_KINDS.join(', ')})`)
  const spec: FaultSpec = { kind, ...(method ? { method } : {}) }
  for (const option of options) {
    const [key = '', value = ''] = option.split('=')
    const number = Number(value)
    if (!Number.isInteger(number) || number < 1) throw new Error(`unknown fault option: ${option}`)
    if (key === 'nth') spec.nth = number
    else if (key === 'times') spec.times = number
    else if (key === 'delay') spec.delayMs = number
    else throw new Error(`unknown fault option: ${option}`)
  }
  return spec
}
