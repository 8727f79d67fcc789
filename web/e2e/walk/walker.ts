/** Somebody at the desk: their window, their language, and the ways that every step uses. */
import type { Browser, Locator, Page } from 'playwright-core'
import type { Programs } from '../programs.ts'
import { type Person, type Wish, catchUp, openWindow } from '../watch.ts'
import { fixed, wordsIn } from '../words.ts'

export type Screen = 'inbox' | 'outbox' | 'campaigns' | 'influencers'

export interface Walker extends Person {
  readonly words: ReturnType<typeof wordsIn>
  readonly fixed: (typeof fixed)[keyof typeof fixed]
  readonly programs: Programs
}

export async function newWalker(browser: Browser, programs: Programs, wish: Wish): Promise<Walker> {
  const person = await openWindow(browser, programs, wish)
  return { ...person, programs, words: wordsIn(wish.language), fixed: fixed[wish.language] }
}

/** Both clocks and every window move on together. */
export async function passTime(walkers: readonly Walker[], ms: number): Promise<void> {
  const [first] = walkers
  await first?.programs.step(ms)
  for (const walker of walkers) await catchUp(walker, walker.programs)
}

/** By the navigation, which every screen has. */
export async function goTo(walker: Walker, screen: Screen): Promise<void> {
  const main = walker.page.getByRole('navigation', { name: walker.words.shell.nav.label })
  await main.getByRole('link', { name: walker.fixed[screen], exact: true }).click()
  await heading(walker.page, walker.fixed[screen]).waitFor({ state: 'attached' })
}

/** Account Settings → Integrations. On a phone the settings are behind the name. */
export async function goToIntegrations(walker: Walker): Promise<void> {
  const { page, words } = walker
  if (walker.width === 1440) {
    await page.getByRole('link', { name: walker.fixed.accountSettings, exact: true }).click()
  } else {
    await page.getByRole('button', { name: words.shell.nav.you }).click()
    await page.getByRole('menuitem', { name: walker.fixed.accountSettings, exact: true }).click()
  }
  await heading(page, walker.fixed.accountSettings).waitFor()
  await page.getByRole('link', { name: walker.fixed.integrations, exact: true }).click()
  await heading(page, walker.fixed.provider).waitFor()
}

/** The one title of a screen. */
export function title(page: Page, name: string): Locator {
  return page.getByRole('heading', { name, exact: true, level: 1 })
}
export function heading(page: Page, name: string): Locator {
  return page.getByRole('heading', { name, exact: true })
}
export function button(place: Page | Locator, name: string): Locator {
  return place.getByRole('button', { name, exact: true })
}
export function link(place: Page | Locator, name: string): Locator {
  return place.getByRole('link', { name, exact: true })
}
export function field(place: Page | Locator, name: string): Locator {
  return place.getByLabel(name, { exact: true })
}
