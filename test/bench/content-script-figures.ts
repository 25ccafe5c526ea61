import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Figure } from './figure.ts'
import { buildReactPeer } from './react-peer.ts'
import { counted } from './samples.ts'

const CONTENT_SCRIPT = '.output/chrome-mv3/content-scripts/card.js'
const LIMIT_BYTES = 10_000

/** A text of React's that survives minifying: it stands before each error's number. */
const REACT_MARKER = 'Minified React error'

/**
 * What every frame of the portal loads, beside the least that a content script with React would.
 * @throws Error when React can't be told in the peer, where it surely is.
 */
export async function measureContentScript(): Promise<Figure[]> {
  const ours = readFileSync(CONTENT_SCRIPT, 'utf8')
  const peer = await buildReactPeer()
  if (!peer.includes(REACT_MARKER)) throw new Error('React has lost its marker')
  const hasReact = ours.includes(REACT_MARKER)
  return [
    {
      what: 'Content script of every frame, gzip',
      unit: 'bytes',
      measured: counted(gzipSync(ours).length),
      limit: LIMIT_BYTES,
      isHard: true,
      beside: [
        { what: 'one line by React in its place', measured: counted(gzipSync(peer).length) },
      ],
    },
    {
      what: 'The same, unpacked',
      unit: 'bytes',
      measured: counted(Buffer.byteLength(ours)),
      limit: null,
      isHard: false,
      beside: [
        { what: 'one line by React in its place', measured: counted(Buffer.byteLength(peer)) },
      ],
    },
    {
      what: 'Copies of React in it',
      unit: 'count',
      measured: counted(hasReact ? 1 : 0),
      limit: 0,
      isHard: true,
      beside: [],
    },
  ]
}
