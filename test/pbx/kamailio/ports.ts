import { createSocket } from 'node:dgram'
import { type AddressInfo, connect, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export const LOOPBACK = '127.0.0.1'

/** A port that nobody listens on now, for UDP and TCP alike. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve))
  const { port } = server.address() as AddressInfo
  const isFree = await isUdpFree(port)
  await new Promise((resolve) => server.close(resolve))
  return isFree ? port : freePort()
}

/** Resolves once something accepts TCP connections there; rejects after ten seconds. */
export function waitForTcp(port: number): Promise<void> {
  return waitUntil(() => accepts(port), `nothing listens on TCP port ${port}`)
}

/** Resolves once HTTP requests are answered there, with whatever; rejects after ten seconds. */
export function waitForHttp(port: number): Promise<void> {
  return waitUntil(() => answersHttp(port), `nothing answers HTTP on port ${port}`)
}

async function waitUntil(isSo: () => Promise<boolean>, complaint: string): Promise<void> {
  const giveUpAtMs = Date.now() + 10_000
  while (!(await isSo())) {
    if (Date.now() > giveUpAtMs) throw new Error(complaint)
    await pause(50)
  }
}

async function answersHttp(port: number): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(1_000)
    await fetch(`http://${LOOPBACK}:${port}/`, { signal, headers: { connection: 'close' } })
    return true
  } catch {
    return false
  }
}

function isUdpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => resolve(false))
    socket.bind(port, LOOPBACK, () => socket.close(() => resolve(true)))
  })
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, LOOPBACK)
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
