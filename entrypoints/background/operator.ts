import { browser } from 'wxt/browser'
import { Operator } from '../../lib/contracts/attempt.ts'

const KEY = 'operator'

/** Who works here, kept so that results can be saved while the portal is away. */
export async function rememberOperator(operator: Operator): Promise<void> {
  await browser.storage.local.set({ [KEY]: operator })
}

export async function recallOperator(): Promise<Operator | null> {
  const stored = Operator.safeParse((await browser.storage.local.get(KEY))[KEY])
  return stored.success ? stored.data : null
}
