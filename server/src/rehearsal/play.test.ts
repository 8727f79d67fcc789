import { expect, test } from 'vitest'
import { wallClock } from '../platform/clock/index.ts'
import type { Told } from './parts.ts'
import { onlyWhile } from './play.ts'
import { until } from './stage.ts'

const fine: Told = { status: 200, body: {}, location: undefined }

test('a story that was taken away asks the product for nothing more', async () => {
  const asked: string[] = []
  let ours = true
  const call = onlyWhile(
    () => Promise.resolve(ours),
    (method, path) => {
      asked.push(`${method} ${path}`)
      return Promise.resolve(fine)
    },
  )
  await call('POST', '/first')
  ours = false
  await expect(call('POST', '/second')).rejects.toThrow('the step was taken away')
  expect(asked).toEqual(['POST /first'])
})

test('a program that stops leaves a waiting step undone', async () => {
  const stop = new AbortController()
  const looks: number[] = []
  const waiting = until({ clock: wallClock, signal: stop.signal }, 60_000, () => {
    looks.push(1)
    stop.abort(new Error('stopping'))
    return Promise.resolve(false)
  })
  await expect(waiting).rejects.toThrow('stopping')
  expect(looks).toHaveLength(1)
})
