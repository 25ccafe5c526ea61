import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeCertificate } from './certificate.ts'

test('a certificate is good for its names and addresses, and for no others', async () => {
  const made = await makeCertificate(['portal.bitrix24.test', '127.0.0.1'])
  const certificate = new X509Certificate(made.cert)
  expect(certificate.checkHost('portal.bitrix24.test')).toBeDefined()
  expect(certificate.checkIP('127.0.0.1')).toBeDefined()
  expect(certificate.checkHost('other.test')).toBeUndefined()
  expect(new Date(certificate.validTo).getTime()).toBeGreaterThan(Date.now())
})

test('each certificate has a key of its own, named by its hash', async () => {
  const [one, other] = [await makeCertificate(['a.test']), await makeCertificate(['a.test'])]
  expect(one.spkiHash).toMatch(/^[A-Za-z0-9+/]{43}=$/)
  expect(one.spkiHash).not.toBe(other.spkiHash)
})
