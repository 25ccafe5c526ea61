import { readFileSync } from 'node:fs'
import { cpus, loadavg, platform, release, totalmem } from 'node:os'

/** The machine that was measured on. */
export interface Machine {
  cores: number
  processor: string
  memoryGb: number
  system: string
  node: string
}

export function describeMachine(): Machine {
  const all = cpus()
  return {
    cores: all.length,
    processor: all[0]?.model.trim() || 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
  }
}

/** How busy the machine was meanwhile: without it a figure in milliseconds says nothing. */
export interface Business {
  /** Load averages of the last minute, at the start and at the end. */
  loadBefore: number
  loadAfter: number
  /** Share of the time in which something waited for a core, 0 … 1; null where no Linux tells. */
  waitedForCores: number | null
}

/** Begins to watch; the function that comes back ends it and tells. */
export function watchBusiness(): () => Business {
  const startedAt = performance.now()
  const waitedBefore = readWaitedMs()
  const loadBefore = readLoad()
  return () => {
    const waited = readWaitedMs()
    const isTold = waited !== null && waitedBefore !== null
    const share = isTold ? (waited - waitedBefore) / (performance.now() - startedAt) : null
    return { loadBefore, loadAfter: readLoad(), waitedForCores: share }
  }
}

function readLoad(): number {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100
}

/** Since the machine's start, from Linux's pressure stall information. */
function readWaitedMs(): number | null {
  try {
    const found = /^some .*total=(\d+)/m.exec(readFileSync('/proc/pressure/cpu', 'utf8'))
    return found ? Number(found[1]) / 1000 : null
  } catch {
    return null
  }
}
