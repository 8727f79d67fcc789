/**
 * Every attack of `testdata/xss.txt` in a real browser: as it is stored, in the frame and under the policy in which mails are
 * shown; as it came, in the same frame, which must hold alone; and as it came without any frame, where it has to act, or
 * this test could not fail. Whatever is not one of the pages given out here counts: a script that ran, a request, a way out.
 */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../../../web/e2e/find-browser.ts'
import { sanitizeMailHtml } from '../mail/index.ts'
import type { RemoteImages } from './frame.ts'
import { frameDocument, framePolicy } from './frame.ts'

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8')
const attacks = (await read('../../testdata/xss.txt'))
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '))
const stored = attacks.map((attack) => sanitizeMailHtml(attack).html)
const [, sandbox = ''] = /sandbox="([^"]+)"/.exec(await read('../../../web/src/inbox/original.tsx')) ?? []
const attacksInFrame = 40
/** As they came they cannot share a document, and a frame for each of all takes a browser long. */
const some = attacks.filter((_one, n) => n % 6 === 0)

interface Shown {
  readonly html: string
  readonly policy?: string
}

const parts = new AsyncDisposableStack()
const shown = new Map<string, Shown>()
let server: Server
let origin: string
let browser: Browser
beforeAll(async () => {
  server = createServer((request, response) => {
    const { html = '', policy } = shown.get(request.url ?? '') ?? {}
    response.setHeader('content-type', 'text/html; charset=utf-8')
    if (policy !== undefined) response.setHeader('content-security-policy', policy)
    response.end(html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  parts.defer(() => void server.close())
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await launchBrowser()
  parts.defer(() => browser.close())
})
afterAll(() => parts.disposeAsync())

/** What happened in which frames, by their numbers. */
interface Happened {
  readonly ran: Set<number>
  /** By type and address. */
  readonly asked: { readonly by: number; readonly what: string }[]
  readonly left: Set<string>
}

const nobody = -1

/** Shows documents, each in a frame of its own, does to every element what a reader could, and waits until an attack beside them has acted. */
async function show(documents: readonly Shown[], frame: string): Promise<Happened> {
  const happened: Happened = { ran: new Set(), asked: [], left: new Set() }
  const numberOf = (one: Frame | null): number => {
    for (let at = one; at !== null; at = at.parentFrame()) {
      const [, number] = /\/frame\/(\d+)$/.exec(names.get(at) ?? at.url()) ?? []
      if (number !== undefined) return Number(number)
    }
    return nobody
  }
  const names = new Map<Frame, string>()
  shown.clear()
  for (const [n, document] of documents.entries()) shown.set(`/frame/${n}`, document)
  const frames = documents.map((_one, n) => `<iframe src="/frame/${n}" ${frame}></iframe>`)
  shown.set('/', { html: `<!doctype html><title>x</title>${frames.join('')}` })
  await using context = await browser.newContext()
  await context.exposeBinding('acted', ({ frame: from }) => {
    if (from.name() === 'beside') beside()
    else happened.ran.add(numberOf(from))
  })
  await context.addInitScript(
    'for (const name of ["alert", "print", "open"]) window[name] = () => void acted()',
  )
  await context.route('**/*', async (route, request) => {
    const { pathname, href } = new URL(request.url())
    if (href.startsWith(`${origin}/`) && shown.has(pathname)) return await route.continue()
    const from = request.frame()
    if (request.isNavigationRequest()) happened.left.add(href)
    else if (from.name() !== 'beside')
      happened.asked.push({ by: numberOf(from), what: `${request.resourceType()} ${href}` })
    return await route.abort('aborted')
  })
  let beside = (): void => {}
  const page = await context.newPage()
  page.on('dialog', (dialog) => void dialog.dismiss())
  page.on('dialog', () => happened.ran.add(nobody))
  context.on('page', (other) => happened.left.add(other.url()))
  page.on('framenavigated', (one) => {
    if (/\/frame\/\d+$/.test(one.url())) names.set(one, one.url())
    else if (one !== page.mainFrame() && one.name() !== 'beside') happened.left.add(one.url())
  })
  await page.goto(origin, { timeout: 55_000 })
  const passed = new Promise<void>((resolve) => {
    beside = resolve
  })
  await touchEverything(page)
  await passed
  return happened
}

const touching = `for (const frame of document.querySelectorAll('iframe')) {
  for (const one of frame.contentDocument?.querySelectorAll('*') ?? []) {
    if (/^(https?|mailto|tel):/.test(one.getAttribute('href') ?? '')) continue
    one.focus?.()
    one.click?.()
    for (const name of ['mouseover', 'pointerenter', 'wheel', 'animationstart', 'transitionend', 'beforeinput'])
      one.dispatchEvent(new Event(name, { bubbles: true }))
  }
}
const beside = document.createElement('iframe')
beside.name = 'beside'
beside.srcdoc = '<img src=x onerror=alert(1)>'
document.body.append(beside)`

async function touchEverything(page: Page): Promise<void> {
  await page.evaluate(touching)
}

const held = `sandbox="${sandbox}" referrerpolicy="no-referrer"`
const inFrames = (list: readonly string[], images: RemoteImages): Shown[] =>
  Array.from({ length: Math.ceil(list.length / attacksInFrame) }, (_one, n) => {
    const part = list.slice(n * attacksInFrame, (n + 1) * attacksInFrame)
    return { html: frameDocument(part.join('\n'), images, new Map()), policy: framePolicy(images) }
  })

test('what is stored of every attack neither runs nor asks for anything nor leads away where it is shown', async () => {
  const { ran, asked, left } = await show(inFrames(stored, 'blocked'), held)
  expect([attacks.length, [...ran], asked, [...left]]).toEqual([293, [], [], []])
})

test('with remote images asked for, images are all that is asked for', async () => {
  const { ran, asked, left } = await show(inFrames(stored, 'loaded'), held)
  expect([[...ran], [...left]]).toEqual([[], []])
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter(({ what }) => !what.startsWith('image https://'))).toEqual([])
})

test('the frame holds alone: but for links that are followed, attacks as they came neither run in it nor ask for anything', async () => {
  const documents = some.map((html) => ({
    html: frameDocument(html, 'blocked', new Map()),
    policy: framePolicy('blocked'),
  }))
  const { ran, asked } = await show(documents, held)
  expect([[...ran], asked]).toEqual([[], []])
})

test('without frame and policy a good part of them acts, even in a browser of today', async () => {
  const { ran, asked } = await show(
    some.map((html) => ({ html: `<!doctype html><body>${html}` })),
    '',
  )
  expect(ran.size).toBeGreaterThanOrEqual(10)
  expect(new Set([...ran, ...asked.map(({ by }) => by)]).size).toBeGreaterThanOrEqual(18)
})
