import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { choosePort } from './index.ts'

test('an unchosen port that is busy moves once and is remembered; a chosen one never moves', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-port-'))
  const file = join(folder, 'port')
  const busy = createServer()
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
  const number = (busy.address() as AddressInfo).port
  const wish = { number, chosen: false, file, host: '127.0.0.1' }
  const moved = await choosePort(wish)
  expect(moved).not.toBe(number)
  expect(await readFile(file, 'utf8')).toBe(`${moved}\n`)
  expect(await choosePort(wish)).toBe(moved)
  expect(await choosePort({ ...wish, chosen: true })).toBe(number)
  await new Promise((resolve) => busy.close(resolve))
  expect(await choosePort(wish)).toBe(moved)
  await rm(folder, { recursive: true })
})
