import { cpus, loadavg, platform, release, totalmem } from 'node:os'

/** The machine and what else it had to do: without these a figure in milliseconds says nothing. */
export interface Machine {
  cores: number
  processor: string
  memoryGb: number
  system: string
  node: string
  /** Load averages over one minute, five, and fifteen; above the cores, somebody waits. */
  load: number[]
}

export function describeMachine(): Machine {
  const all = cpus()
  return {
    cores: all.length,
    processor: all[0]?.model.trim() || 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    load: loadavg().map((load) => Math.round(load * 100) / 100),
  }
}
