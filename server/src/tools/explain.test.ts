import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { explain } from './explain.ts'

const tool = fileURLToPath(new URL('explain.ts', import.meta.url))
const samples = fileURLToPath(new URL('../../testdata', import.meta.url))
const run = async (...args: string[]) =>
  promisify(execFile)(execPath, [tool, ...args]).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
  )

test('a bounce is explained as one object', async () => {
  const file = join(samples, 'bounce-google.eml')
  expect(await explain(file)).toEqual({
    file,
    kind: 'bounce',
    evidence: ['report-type=delivery-status', 'message/delivery-status'],
    bounce: { recipients: [{ address: 'nobody@gmail.example', permanent: true, status: '5.1.1' }] },
    replyText:
      "** Address not found **\n\nYour message wasn't delivered to nobody@gmail.example because the address couldn't be found.",
    ms: expect.any(Number),
  })
})

test('bare text and bare HTML are read as the body of an answer', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-explain-'))
  try {
    await writeFile(join(folder, 'a.txt'), 'Ja.\n\nAm 05.11.24 um 09:02 schrieb Anna:\n> Und?')
    await writeFile(join(folder, 'b.html'), '<div>Ja.</div><blockquote type="cite">Und?</blockquote>')
    expect([
      (await explain(join(folder, 'a.txt'))).replyText,
      (await explain(join(folder, 'b.html'))).replyText,
    ]).toEqual(['Ja.', 'Ja.'])
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a folder gives one line for each file', async () => {
  const { code, stdout } = await run('--json', samples)
  const lines = stdout
    .trim()
    .split('\n')
    .map((line): { file: string } => JSON.parse(line))
  expect([code, lines.some(({ file }) => file.endsWith('newsletter.eml')), lines.length > 15]).toEqual([
    0,
    true,
    true,
  ])
})

test('a missing path is the only failure', async () => {
  expect(await run('--json', '/no/such/folder')).toEqual({ code: 1, stdout: '' })
})

test('help is no failure, a name tells nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-explain-'))
  try {
    await copyFile(join(samples, 'bounce-google.eml'), join(folder, 'newsletter'))
    const { stdout } = await run('--json', folder)
    const help = await run('--help')
    expect([JSON.parse(stdout).kind, help.code, help.stdout.slice(0, 28)]).toEqual([
      'bounce',
      0,
      'usage: npm run explain -- FI',
    ])
  } finally {
    await rm(folder, { recursive: true })
  }
})
