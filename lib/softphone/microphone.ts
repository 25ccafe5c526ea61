import type { Microphone } from '../contracts/softphone.ts'

export type OpenedMicrophone =
  | { ok: true; stream: MediaStream }
  | { ok: false; state: Exclude<Microphone, 'granted' | 'unknown' | 'lost'> }

/** The microphone as the softphone needs it; the browser's one is `browserMicrophone`. */
export interface MicrophoneAccess {
  /** Whether it could be opened, without opening it. */
  state(): Promise<Microphone>
  /** Opens it. In a hidden page a permission that was never asked for is refused at once. */
  open(): Promise<OpenedMicrophone>
  /** Tells when the permission or the list of devices changed. */
  watch(changed: () => void): void
}

const CONSTRAINTS: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  video: false,
}

/** Asks `navigator`; W3C Media Capture and Streams, Permissions. */
export const browserMicrophone: MicrophoneAccess = {
  async state() {
    const permission = await permissionState()
    if (permission === 'denied') return 'denied'
    const devices = await navigator.mediaDevices.enumerateDevices()
    if (!devices.some(({ kind }) => kind === 'audioinput')) return 'missing'
    return permission
  },

  async open() {
    try {
      return { ok: true, stream: await navigator.mediaDevices.getUserMedia(CONSTRAINTS) }
    } catch (error) {
      return { ok: false, state: await refusal(error) }
    }
  },

  watch(changed) {
    navigator.mediaDevices.addEventListener('devicechange', changed)
    void queryPermission().then((status) => status?.addEventListener('change', changed))
  },
}

/** Refused may mean «never» or «not yet asked»; what the operator has to do differs. */
async function refusal(error: unknown): Promise<'prompt' | 'denied' | 'missing'> {
  const name = error instanceof DOMException ? error.name : ''
  if (name !== 'NotAllowedError' && name !== 'SecurityError') return 'missing'
  return (await permissionState()) === 'prompt' ? 'prompt' : 'denied'
}

async function permissionState(): Promise<'granted' | 'prompt' | 'denied' | 'unknown'> {
  return (await queryPermission())?.state ?? 'unknown'
}

/** Null where the browser does not know the name. */
async function queryPermission(): Promise<PermissionStatus | null> {
  try {
    return await navigator.permissions.query({ name: 'microphone' })
  } catch {
    return null
  }
}
