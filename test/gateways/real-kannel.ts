import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { GATEWAY_PACKAGES } from './packages.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Where Debian's packages `kannel` and `kannel-extras` put the three programs. */
const PROGRAMS = {
  bearerbox: '/usr/sbin/bearerbox',
  smsbox: '/usr/sbin/smsbox',
  fakesmsc: '/usr/lib/kannel/test/fakesmsc',
}

/** Why the real Kannel can't run here, or null if it can. */
export function kannelMissing(): string | null {
  const absent = Object.values(PROGRAMS).filter((path) => !existsSync(path))
  if (absent.length === 0) return null
  const install = `apt-get install --no-install-recommends ${GATEWAY_PACKAGES.join(' ')}`
  return `no ${absent.join(', ')}; on Debian: ${install}`
}

export interface RealKannel {
  /** Of smsbox. */
  url: string
  username: string
  password: string
  /** What the pretended network has got, as fakesmsc prints it. */
  network(): string
  close(): Promise<void>
}

/** Runs Kannel with its own pretended network behind it, on free ports, below a temporary folder. */
export async function startRealKannel(): Promise<RealKannel> {
  const folder = await temporaryFolder('kannel')
  await mkdir(join(folder, 'store'))
  const ports = {
    admin: await freePort(),
    boxes: await freePort(),
    network: await freePort(),
    send: await freePort(),
  }
  const file = join(folder, 'kannel.conf')
  await writeFile(file, configOf(folder, ports))

  const children: ChildProcess[] = []
  let output = ''
  const run = (program: string, args: string[]) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    children.push(child)
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        if (program === PROGRAMS.fakesmsc) output += text
      })
    }
    return child
  }
  const close = async () => {
    for (const child of children.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const hasEnded = once(child, 'exit')
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await hasEnded
      clearTimeout(force)
    }
    await rm(folder, { recursive: true, force: true })
  }
  run(PROGRAMS.bearerbox, ['-v', '4', file])
  await untilListening(ports.boxes)
  await untilListening(ports.network)
  run(PROGRAMS.smsbox, ['-v', '4', file])
  await untilListening(ports.send)
  // Sends nothing itself: it only takes what we send.
  run(PROGRAMS.fakesmsc, ['-H', '127.0.0.1', '-r', String(ports.network), '-m', '0', '1 2 text x'])
  return {
    url: `http://127.0.0.1:${ports.send}`,
    username: 'prozvon',
    password: 'kannel-secret',
    network: () => output,
    close,
  }
}

function configOf(folder: string, ports: Record<'admin' | 'boxes' | 'network' | 'send', number>) {
  return `group = core
admin-port = ${ports.admin}
admin-interface = 127.0.0.1
admin-password = admin-secret
smsbox-port = ${ports.boxes}
smsbox-interface = 127.0.0.1
store-type = spool
store-location = "${join(folder, 'store')}"
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = network
port = ${ports.network}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${ports.send}
sendsms-interface = 127.0.0.1
http-request-retry = 3
http-queue-delay = 1

group = sendsms-user
username = prozvon
password = kannel-secret
max-messages = 10
concatenation = true

group = sms-service
keyword = default
max-messages = 0
text = none
`
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const socket = connect(port, '127.0.0.1')
    const isUp = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`nothing listens on port ${port}`)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
