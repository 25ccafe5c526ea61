import type { Page } from 'puppeteer-core'
import { encodeCommand } from '../../lib/bitrix24/batch.ts'
import { commandsFor } from '../../lib/bitrix24/card-commands.ts'
import type { BenchLead, Stage } from './stage.ts'

/**
 * What nothing in the extension can be faster than, on this machine: one write to disk and one
 * request to the portal. Both in milliseconds, from a page of the extension.
 */

/** One IndexedDB transaction with `durability: 'strict'` that writes one small record. */
export function timeStrictTransactions(page: Page, count: number): Promise<number[]> {
  return page.evaluate(async (count) => {
    const name = 'bench'
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name)
      opening.onupgradeneeded = () => opening.result.createObjectStore('rows')
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const times: number[] = []
    for (let row = 0; row < count; row++) {
      const startedAt = performance.now()
      await new Promise<void>((resolve, reject) => {
        const transaction = db.transaction('rows', 'readwrite', { durability: 'strict' })
        transaction.objectStore('rows').put({ savedAt: startedAt }, row)
        transaction.oncomplete = () => resolve()
        transaction.onerror = () => reject(transaction.error)
      })
      times.push(performance.now() - startedAt)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    db.close()
    indexedDB.deleteDatabase(name)
    return times
  }, count)
}

/** One request for all of a lead's data: the very batch with which the extension reads a card. */
export async function timeReads(
  page: Page,
  { stands }: Stage,
  leads: readonly BenchLead[],
): Promise<number[]> {
  const { portal } = stands.settings
  if (!portal || !('webhook' in portal)) throw new Error('the stands work by webhook')
  const url = `${portal.webhook}batch`
  const bodies = leads.map(({ id }) => {
    const commands = commandsFor({ portal: portal.origin, kind: 'lead', id })
    const cmd = Object.entries(commands).map(([key, command]) => [key, encodeCommand(command)])
    return JSON.stringify({ halt: 0, cmd: Object.fromEntries(cmd) })
  })
  return page.evaluate(
    async (url, bodies) => {
      const times: number[] = []
      for (const body of bodies) {
        const startedAt = performance.now()
        const headers = { 'content-type': 'application/json' }
        const answer = await fetch(url, { method: 'POST', headers, body, credentials: 'omit' })
        const text = await answer.text()
        times.push(performance.now() - startedAt)
        if (!answer.ok) throw new Error(`the portal answered ${answer.status}: ${text}`)
        // The portal takes two requests a second.
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
      return times
    },
    url,
    bodies,
  )
}
