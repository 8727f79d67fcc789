import { expect, test } from 'vitest'
import { createLog } from './index.ts'

test('secrets and message contents never reach a line, however they are nested', () => {
  const lines: string[] = []
  const log = createLog({ level: 'info', write: (line) => lines.push(line) })
  log.info({ token: 'S1', request: { headers: { authorization: 'S2', cookie: 'S3' }, body: 'S4' } }, 'asked')
  log.child({ grant: { refreshToken: 'S5' } }).warn({ message: { raw: 'S6', subject: 'S7' } }, 'refused')
  expect(lines.join('')).not.toMatch(/S\d/)
  expect(lines.map((line) => (JSON.parse(line) as { msg: string; level: string }).msg)).toEqual([
    'asked',
    'refused',
  ])
})
