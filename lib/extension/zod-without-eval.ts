import { z } from 'zod'

/**
 * Imported first by every page and worker of the extension that uses zod. It asks whether it may
 * compile its checks with `new Function` when the first schema is made; the extension's Content
 * Security Policy forbids that, and the browser would report a violation each time a page opens.
 */
z.config({ jitless: true })
