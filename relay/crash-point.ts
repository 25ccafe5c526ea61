/** The places where tests may kill a relay: `<room>.<what has just happened>`. */
export type CrashPoint = `${string}.${string}`

/**
 * Ends this process as `kill -9` does if a test asked for it: `RELAY_CRASH_AT=<point>`, or
 * `<point>:<n>` to live through the first n − 1 passages. Without `NODE_ENV=test` nothing happens.
 */
export function crashPoint(point: CrashPoint): void {
  if (process.env.NODE_ENV !== 'test') return
  const [wanted, nth = '1'] = (process.env.RELAY_CRASH_AT ?? '').split(':')
  if (wanted !== point) return
  passages++
  if (passages >= Number(nth)) process.kill(process.pid, 'SIGKILL')
}

let passages = 0
