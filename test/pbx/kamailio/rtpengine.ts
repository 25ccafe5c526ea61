import { createSocket } from 'node:dgram'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { LOOPBACK } from './ports.ts'
import { type StandProcess, startProcess } from './process.ts'

/** `table = -1` keeps rtpengine in user space: no kernel module, no root. */
const config = (controlPort: number) => `[rtpengine]
table = -1
interface = ${LOOPBACK}
listen-ng = ${LOOPBACK}:${controlPort}
port-min = 40000
port-max = 40999
num-threads = 2
timeout = 60
silent-timeout = 3600
delete-delay = 0
log-level = 5
log-stderr = true
foreground = true
`

/** Starts the media relay: WebRTC towards the browser, plain RTP towards the network. */
export async function startRtpengine(runDir: string, controlPort: number): Promise<StandProcess> {
  const file = join(runDir, 'rtpengine.conf')
  await writeFile(file, config(controlPort))
  const started = startProcess({
    program: 'rtpengine',
    args: ['--config-file', file],
    logFile: join(runDir, 'rtpengine.log'),
  })
  await Promise.race([waitForPong(controlPort), started.died])
  return started
}

/** The control protocol: a cookie, a blank, a bencoded dictionary. */
async function waitForPong(controlPort: number): Promise<void> {
  const socket = createSocket('udp4')
  let isUp = false
  socket.on('message', () => {
    isUp = true
  })
  socket.on('error', () => {})
  for (let tries = 0; !isUp && tries < 100; tries++) {
    socket.send(`${tries} d7:command4:pinge`, controlPort, LOOPBACK)
    await pause(100)
  }
  socket.close()
  if (!isUp) throw new Error('rtpengine answers no ping')
}
