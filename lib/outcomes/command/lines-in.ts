import type { Readable } from 'node:stream'

/**
 * The lines of a text in UTF-8, as many at a time as have come: who writes a line and waits for
 * its answer is served at once. Only `\n` ends a line (JSON may hold every other separator); the
 * last one needs no end.
 */
export async function* linesIn(input: Readable): AsyncGenerator<string[]> {
  let begun = ''
  for await (const piece of input.setEncoding('utf8')) {
    const lines = (begun + piece).split('\n')
    begun = lines.pop() ?? ''
    if (lines.length > 0) yield lines
  }
  if (begun !== '') yield [begun]
}
