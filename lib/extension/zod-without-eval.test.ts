import { afterEach, expect, test, vi } from 'vitest'

const entries: Record<string, string> = import.meta.glob(
  '../../entrypoints/*/{index,main}.{ts,tsx}',
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
)
/** They run in the portal's pages and have no zod at all. */
const withZod = Object.entries(entries).filter(([path]) => !path.includes('.content/'))

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

/** Makes a schema in a world that counts attempts to compile code. */
async function attemptsToCompile(...first: string[]): Promise<number> {
  const compile = vi.fn(() => {
    throw new EvalError('forbidden by the Content Security Policy')
  })
  vi.stubGlobal('Function', compile)
  vi.resetModules()
  for (const module of first) await import(module)
  const { z } = await import('zod')
  z.object({ a: z.string() }).parse({ a: '' })
  return compile.mock.calls.length
}

test('zod by itself would try', async () => {
  expect(await attemptsToCompile()).toBe(1)
})

test('nothing is compiled in the extension’s pages', async () => {
  expect(await attemptsToCompile('./zod-without-eval.ts')).toBe(0)
})

test.each(withZod)('%s says so before any schema is made', (_, source) => {
  const [first] = source.match(/^import .*$/m) ?? []
  expect(first).toBe("import '../../lib/extension/zod-without-eval.ts'")
})

test('all pages and the background are looked at', () => {
  expect(withZod.map(([path]) => path.split('/').at(-2)).sort()).toEqual([
    'background',
    'microphone',
    'options',
    'panel',
    'phone',
    'softphone',
  ])
})
