import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Proposal } from '../../lib/contracts/outcome.ts'
import { decide } from '../../lib/outcomes/decide.ts'
import type { Figure } from './figure.ts'
import { lineOf, type RuleCase, ruleCases } from './rule-cases.ts'
import { type Summary, summariseRates } from './samples.ts'

const RUNS = 7
const RUN_MS = 400
const LINES = 40_000
const COMMAND_RUNS = 3

/** How many proposals a second the engine judges, and how many cases the command answers. */
export async function measureRules(): Promise<Figure[]> {
  const cases = ruleCases()
  const accepted = cases.filter(({ campaign, situation }) => decide(campaign, situation).accepted)
  const share = `${cases.length} different proposals, ${accepted.length} of them accepted`
  const lines = Array.from({ length: LINES }, (_, n) =>
    lineOf(cases[n % cases.length] as RuleCase, n),
  )
  return [
    {
      what: 'Proposals judged by the engine, one core',
      unit: 'per second',
      measured: perSecond(cases, ({ campaign, situation }) => decide(campaign, situation)),
      limit: 100_000,
      isHard: false,
      beside: [
        {
          what: 'Zod only reading the same proposals',
          measured: perSecond(cases, ({ situation }) => Proposal.parse(situation.proposal)),
        },
      ],
      note: share,
    },
    {
      what: 'Cases answered by the rules command, its start included',
      unit: 'per second',
      measured: await commandPerSecond(lines),
      limit: 8_000,
      isHard: false,
      beside: [
        {
          what: 'JSON only, there and back, of the same lines',
          measured: perSecond(lines.slice(0, 2_000), (line) => JSON.stringify(JSON.parse(line))),
        },
      ],
      note: `${LINES} lines; refused proposals are judged again for each other outcome («instead»)`,
    },
  ]
}

/** How often a second `act` gets through the items, in several runs after a warm-up. */
function perSecond<T>(items: readonly T[], act: (item: T) => unknown): Summary {
  run()
  return summariseRates(Array.from({ length: RUNS }, run))

  function run(): number {
    const startedAt = performance.now()
    let count = 0
    let elapsedMs = 0
    while (elapsedMs < RUN_MS) {
      for (const item of items) act(item)
      count += items.length
      elapsedMs = performance.now() - startedAt
    }
    return (count / elapsedMs) * 1000
  }
}

async function commandPerSecond(lines: readonly string[]): Promise<Summary> {
  const input = `${lines.join('\n')}\n`
  const rates: number[] = []
  for (let run = 0; run < COMMAND_RUNS; run++) {
    const startedAt = performance.now()
    const answered = await runCommand(input)
    rates.push((answered / (performance.now() - startedAt)) * 1000)
  }
  return summariseRates(rates)
}

/** Runs the command over the lines; how many it answered. */
async function runCommand(input: string): Promise<number> {
  const command = spawn(process.execPath, ['lib/outcomes/command/main.ts', 'decide'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(command, 'exit')
  command.stdin.end(input)
  let answered = 0
  for await (const chunk of command.stdout) {
    for (const byte of chunk as Buffer) if (byte === 10) answered++
  }
  const [status] = await ended
  if (status !== 0) throw new Error(`the rules command ended with ${status}`)
  return answered
}
