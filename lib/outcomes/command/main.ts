import { once } from 'node:events'
import { answerLine } from './answer-line.ts'
import { linesIn } from './lines-in.ts'

const USAGE = 'usage: npm run --silent rules -- decide < cases.jsonl > answers.jsonl'

/** Answers a case a line; exit status 0 when every line held one, else 1. */
async function main(): Promise<void> {
  if (process.argv[2] !== 'decide') {
    process.stderr.write(`${USAGE}\n`)
    process.exitCode = 2
    return
  }
  for await (const lines of linesIn(process.stdin)) {
    // What came in one piece is answered in one: a write for each line costs as much as judging it.
    const answers = lines.map(answerLine)
    if (answers.some(({ isValid }) => !isValid)) process.exitCode = 1
    const text = answers.map(({ text }) => `${text}\n`).join('')
    if (!process.stdout.write(text)) await once(process.stdout, 'drain')
  }
}

await main()
