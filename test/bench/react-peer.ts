import { build } from 'vite'

const ENTRY = 'virtual:react-peer'

/** The least that a panel in the page would need: one line of text, drawn by React. */
const SOURCE = `
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
const host = document.createElement('prozvon-peer')
document.documentElement.append(host)
createRoot(host.attachShadow({ mode: 'closed' })).render(createElement('p', null, 'Prozvon'))
`

/** Builds it with our own packages and build tool, as a content script is built: one IIFE. */
export async function buildReactPeer(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'react-peer',
        resolveId: (id) => (id === ENTRY ? `\0${ENTRY}` : undefined),
        load: (id) => (id === `\0${ENTRY}` ? SOURCE : undefined),
      },
    ],
    build: {
      write: false,
      minify: true,
      rolldownOptions: { input: ENTRY, output: { format: 'iife' } },
    },
  })
  const [output] = [built].flat()
  if (!output || !('output' in output)) throw new Error('the peer was not built')
  return output.output.map((file) => (file.type === 'chunk' ? file.code : '')).join('')
}
