import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { buildFor } from '../support/builds.ts'

/** Bitrix24 opens many frames, and the card script runs in each. */
const CARD_SCRIPT_LIMIT = 10_240

/** Where `Function` is refused, as in every extension page, zod never makes code of text. */
const ZOD_ATTEMPT = 'try{return Function(``),!0}catch{return!1}'

interface Manifest {
  manifest_version: number
  permissions: string[]
  host_permissions?: string[]
  optional_permissions?: string[]
  optional_host_permissions?: string[]
  content_scripts?: unknown
  externally_connectable?: unknown
  content_security_policy?: unknown
}

const BUILDS = [
  {
    name: 'Chromium',
    path: buildFor('chromium'),
    version: 3,
    permissions: ['storage', 'alarms', 'scripting', 'offscreen'],
    optional: { optional_host_permissions: ['https://*/*'] },
  },
  {
    name: 'Firefox',
    path: buildFor('firefox'),
    version: 2,
    permissions: ['storage', 'alarms', 'scripting'],
    optional: { optional_permissions: ['https://*/*'] },
  },
] as const

describe.each(BUILDS)('the build for $name', ({ path, version, permissions, optional }) => {
  const read = (file: string) => readFileSync(join(path, file), 'utf8')
  const manifest = JSON.parse(read('manifest.json')) as Manifest

  test('asks at install for exactly what the work needs, and for no site', () => {
    expect(manifest.manifest_version).toBe(version)
    expect(manifest.permissions.toSorted()).toEqual([...permissions].sort())
    expect(manifest).not.toHaveProperty('host_permissions')
  })

  test('asks for sites only when the user names one', () => {
    const { optional_permissions, optional_host_permissions } = manifest
    const asked = { optional_permissions, optional_host_permissions }
    expect(JSON.parse(JSON.stringify(asked))).toEqual(optional)
    expect(manifest).not.toHaveProperty('content_scripts')
  })

  test('lets no page talk to it, and keeps the browser’s own strict policy', () => {
    expect(manifest).not.toHaveProperty('externally_connectable')
    // The default forbids eval, inline scripts and scripts from elsewhere.
    expect(manifest).not.toHaveProperty('content_security_policy')
  })

  test('loads no code from elsewhere', () => {
    for (const page of filesOf(path, '.html')) {
      for (const [, address = ''] of read(page).matchAll(/(?:src|href)="([^"]*)"/g)) {
        expect(address, page).toMatch(/^\.?\/(?!\/)/)
      }
      expect(read(page), page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/)
    }
    for (const script of filesOf(path, '.js')) {
      expect(read(script), script).not.toMatch(
        /\bimportScripts\(|\bimport\(\s*["'`]https?:|\bfrom\s*["'`]https?:/,
      )
    }
  })

  test('evaluates no text as code, beside zod’s attempt that the policy refuses', () => {
    for (const script of filesOf(path, '.js')) {
      const found = read(script).match(/.{0,40}(?:\beval\(|\bFunction\().{0,40}/g) ?? []
      expect(
        found.filter((text) => !text.includes(ZOD_ATTEMPT)),
        script,
      ).toEqual([])
    }
  })

  test('puts little into the portal’s frames: no React, no zod', () => {
    const card = read('content-scripts/card.js')
    expect(gzipSync(card).length).toBeLessThanOrEqual(CARD_SCRIPT_LIMIT)
    expect(gzipSync(read('content-scripts/portal-page.js')).length).toBeLessThanOrEqual(2_048)
    expect(card).not.toMatch(/react\.|ZodError|\$ZodType|invalid_union/)
    // The panel holds both: were they written otherwise, the line above would prove nothing.
    const others = filesOf(path, '.js').filter((file) => !file.startsWith('content-scripts'))
    const rest = others.map(read).join('')
    expect(rest).toMatch(/react\./)
    expect(rest).toMatch(/\$ZodType|invalid_union/)
  })
})

function filesOf(path: string, ending: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith(ending),
  )
}
