import { beforeEach, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { requestPortalAccess } from './portal-access.ts'

const origins = ['https://portal.bitrix24.test/*']
const contains = vi.fn<(asked: object) => Promise<boolean>>()
const request = vi.fn<(asked: object) => Promise<boolean>>()

beforeEach(() => {
  vi.spyOn(browser.permissions, 'contains').mockImplementation(contains)
  vi.spyOn(browser.permissions, 'request').mockImplementation(request)
})

test.each([
  ['new', false, true],
  ['known', true, true],
  ['refused', false, false],
] as const)('access to a portal is %s', async (access, before, after) => {
  contains.mockResolvedValue(before)
  request.mockResolvedValue(after)
  const asked = requestPortalAccess('https://portal.bitrix24.test')
  // Within the click: before anything was awaited.
  expect(request).toHaveBeenLastCalledWith({ origins })
  expect(await asked).toBe(access)
})
