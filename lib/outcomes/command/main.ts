import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { answerLine } from './answer-line.ts'

const USAGE = 'usage: npm run --silent rules -- decide < cases.jsonl > answers.jsonl'

/** Answers a case a line; exit status 0 when every line held one, else 1. */
async function main(): Promise<void> {
  if (process.argv[2] !== 'decide') {
    process.stderr.write(`${USAGE}\n`)
    process.exitCode = 2
    return
  }
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const { isValid, text } = answerLine(line)
    if (!isValid) process.exitCode = 1
    if (!process.stdout.write(`${text}\n`)) await once(process.stdout, 'drain')
  }
}

await main()
