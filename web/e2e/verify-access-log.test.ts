import { exportOf, sampleEntries, sealed } from '@kontor/api/ledger/samples.fixture'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { verifierPage } from '../verifier-page.ts'
import { launchBrowser } from './find-browser.ts'

const entries = sampleEntries(300)
const rewritten = sampleEntries(300)
rewritten[0] = sealed({ ...entries[0], purpose: 'send' } as (typeof entries)[0])
for (const [i, entry] of rewritten.entries())
  if (i > 0) rewritten[i] = sealed({ ...entry, previous: rewritten[i - 1]?.hash ?? '' })

const files = {
  'good.jsonl': exportOf(entries),
  'earlier.jsonl': exportOf(entries.slice(0, 120)),
  'tampered.jsonl': exportOf(entries.map((one) => (one.seq === 57 ? { ...one, depth: 'nothing' } : one))),
  'cut.jsonl': exportOf(entries).split('\n').slice(0, 250).join('\n'),
  'cut-before-its-end.jsonl': exportOf(entries.slice(0, 280), entries[299]),
  'letter.txt': 'Dear Anna,\n\nhow are you?\n',
  'rewritten.jsonl': exportOf(rewritten),
}
type Name = keyof typeof files

vi.setConfig({ testTimeout: 60_000 })
const parts = new AsyncDisposableStack()
let folder: string
let browser: Browser
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kontor-verifier-'))
  parts.defer(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'verify.html'), await verifierPage())
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  browser = await launchBrowser()
  parts.defer(() => browser.close())
}, 120_000)
afterAll(() => parts.disposeAsync())

/** The page from disk, in a browser without a network; fails the test on any error or request of the page. */
async function open(locale: 'en-GB' | 'de-DE'): Promise<{ page: Page; faults: string[] } & AsyncDisposable> {
  const context = await browser.newContext({ locale, offline: true })
  const page = await context.newPage()
  const faults: string[] = []
  const address = pathToFileURL(join(folder, 'verify.html')).href
  page.on('console', (message) => faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('data:')) faults.push(request.url())
  })
  await page.goto(address)
  return { page, faults, [Symbol.asyncDispose]: () => context.close() }
}

async function verify(page: Page, ...names: Name[]): Promise<string> {
  await page.locator('input[type=file]').setInputFiles(names.map((name) => join(folder, name)))
  await page
    .locator('.result h2')
    .nth(names.length - 1)
    .waitFor()
  return await page.locator('#results').innerText()
}

test.each([
  ['good.jsonl', 'This log is unbroken.', ['anna@brand.example', '300']],
  ['tampered.jsonl', 'This log is broken.', ['Entry 57 was changed']],
  ['cut.jsonl', 'This log is broken.', ['cut off after entry 250']],
  ['cut-before-its-end.jsonl', 'This log is broken.', ['entries 281 to 300 are missing at its end']],
  ['letter.txt', 'This is not an access log.', []],
] as const)('%s, opened from disk: %s', async (name, verdict, told) => {
  await using opened = await open('en-GB')
  const text = await verify(opened.page, name)
  for (const one of [name, verdict, ...told]) expect(text).toContain(one)
  expect(opened.faults).toEqual([])
})

test('in German it says the same, and turns to English without losing the result', async () => {
  await using opened = await open('de-DE')
  const { page } = opened
  expect(await verify(page, 'tampered.jsonl')).toContain('Eintrag 57 wurde geändert')
  await page.getByRole('button', { name: 'English' }).click()
  expect(await page.locator('#results').innerText()).toContain('Entry 57 was changed')
  expect([await page.locator('html').getAttribute('lang'), opened.faults]).toEqual(['en', []])
})

test('a log that was sealed anew as a whole is given away by an earlier download', async () => {
  await using opened = await open('en-GB')
  expect(await verify(opened.page, 'earlier.jsonl', 'good.jsonl')).toContain('unchanged up to entry 120')
  expect(await verify(opened.page, 'rewritten.jsonl')).toContain('This log is unbroken.')
  expect(await verify(opened.page, 'earlier.jsonl', 'rewritten.jsonl')).toContain('was rewritten in between')
})

test('a file is chosen with the keyboard alone, and the verdict has the focus', async () => {
  await using opened = await open('en-GB')
  const { page } = opened
  const chosen = page.waitForEvent('filechooser')
  await page.keyboard.press('Tab')
  await page.locator('.language:focus').waitFor()
  await page.keyboard.press('Tab')
  await page.locator('input:focus').waitFor()
  await page.keyboard.press('Space')
  await (await chosen).setFiles(join(folder, 'good.jsonl'))
  await page.locator('.result h2:focus').waitFor()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('This log is unbroken.')
})

test('a file that is dropped anywhere on the page is verified', async () => {
  await using opened = await open('en-GB')
  const { page } = opened
  await page.evaluate((text) => {
    const carried = new DataTransfer()
    carried.items.add(new File([text], 'dropped.jsonl'))
    for (const kind of ['dragover', 'drop'])
      document.body.dispatchEvent(
        new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }),
      )
  }, files['good.jsonl'])
  await page.locator('.result h2').waitFor()
  expect(await page.locator('#results').innerText()).toContain('dropped.jsonl')
})

test('the page itself forbids every connection and every other script', async () => {
  await using opened = await open('en-GB')
  const { page } = opened
  const asked = await page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "taken over"'
    document.body.append(script)
    const answer = await fetch('http://127.0.0.1:9/').then(
      () => 'answered',
      () => 'refused',
    )
    return [answer, document.title]
  })
  expect(asked).toEqual(['refused', 'Verify an access log'])
  expect(opened.faults.filter((one) => one.includes('Content Security Policy')).length).toBeGreaterThan(1)
})
