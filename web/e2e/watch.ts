/**
 * A person's browser: a window of a given size, language and colour scheme whose clock is the product's, watched for
 * whatever must never happen in it: console errors, broken scripts, breaches of the content policy, screens that scroll
 * sideways.
 */
import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Programs } from './programs.ts'
import type { Language } from './words.ts'

export interface Wish {
  readonly language: Language
  readonly width: 1440 | 390
  readonly scheme: 'light' | 'dark'
}
export interface Person extends Wish {
  readonly page: Page
  readonly context: BrowserContext
  /** What went wrong so far, one line each. */
  readonly faults: readonly string[]
}

/** Long enough for a machine that is busy with other tests. */
const patienceMs = 60_000
const heights = { 1440: 900, 390: 844 } as const

export async function openWindow(browser: Browser, programs: Programs, wish: Wish): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width: wish.width, height: heights[wish.width] },
    locale: wish.language === 'de' ? 'de-DE' : 'en-GB',
    timezoneId: 'UTC',
    colorScheme: wish.scheme,
    baseURL: programs.product,
    reducedMotion: 'reduce',
    ...(wish.width === 390 ? { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : {}),
  })
  context.setDefaultTimeout(patienceMs)
  await context.addInitScript(shiftClock)
  const faults: string[] = []
  context.on('page', (page) => listen(page, programs.product, faults))
  const page = await context.newPage()
  const person = { ...wish, page, context, faults }
  await catchUp(person, programs)
  return person
}

/** Sets the clock of this window to the product's. */
export async function catchUp({ context }: Pick<Person, 'context'>, programs: Programs): Promise<void> {
  const ms = programs.aheadMs()
  await context.addInitScript(setAhead, ms)
  for (const page of context.pages()) await page.evaluate(setAhead, ms)
}

function setAhead(ms: number): void {
  Object.assign(globalThis, { aheadMs: ms })
}

// Runs in the page before anything else.
function shiftClock(): void {
  const Real = Date
  const ahead = (): number => (globalThis as { aheadMs?: number }).aheadMs ?? 0
  globalThis.Date = class extends Real {
    constructor(...given: []) {
      if (given.length === 0) super(Real.now() + ahead())
      else super(...given)
    }
    static override now(): number {
      return Real.now() + ahead()
    }
  } as DateConstructor
}

function listen(page: Page, product: string, faults: string[]): void {
  const ours = (): boolean => page.url().startsWith(product)
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (isSignedOutQuestion(message)) return
    if (!ours() || (message.type() !== 'error' && message.type() !== 'warning')) return
    faults.push(`${page.url()}: ${message.type()} ${message.text()} ${message.location().url}`)
  })
}

/** Browsers report every refused request; "am I signed in?" is refused to whoever is not. */
function isSignedOutQuestion(message: ConsoleMessage): boolean {
  return message.location().url.endsWith('/api/v1/session') && message.text().includes('401')
}

/** Nothing broke in this window so far. */
export function expectNoFaults(person: Person): void {
  expect(person.faults).toEqual([])
}
