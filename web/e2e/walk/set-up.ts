/** From the link in the terminal to the desk: the owner, the one question, and the colleague behind an invitation link. */
import type { Browser } from 'playwright-core'
import { expect } from 'vitest'
import type { Wish } from '../watch.ts'
import { fill } from '../words.ts'
import { type Walker, button, field, goTo, heading, newWalker } from './walker.ts'

export const people = {
  owner: { name: 'Anna Keller', address: 'anna@nordlicht.example', password: 'a quiet morning' },
  colleague: { name: 'Ben Vogt', address: 'ben@nordlicht.example', password: 'a clear evening' },
} as const
export const workspace = 'Nordlicht Outdoor'

export async function setUp(walker: Walker): Promise<void> {
  const { page, words, programs } = walker
  await page.goto(programs.setupLink)
  await heading(page, words.welcome.setup.title).waitFor()
  await fillPerson(walker, people.owner)
  await field(page, words.welcome.setup.workspace).fill(workspace)
  await button(page, words.welcome.setup.act).click()
}

export async function rehearseFirst(walker: Walker): Promise<void> {
  const { page, words } = walker
  await heading(page, words.welcome.start.title).waitFor()
  await page.getByRole('button', { name: words.welcome.start.practiceEmpty }).click()
  await heading(page, walker.fixed.connectYourEmail).waitFor()
  await page.goto('about:blank')
  await page.goto(`${walker.programs.product}/start`)
  await heading(page, walker.fixed.inbox).waitFor({ state: 'attached' })
  expect(new URL(page.url()).pathname).toBe('/inbox')
}

/** The owner makes a link, somebody opens it in a browser of their own and is in. */
export async function inviteColleague(owner: Walker, browser: Browser, wish: Wish): Promise<Walker> {
  const { page, words } = owner
  await page.goto(`${owner.programs.product}/workspace/team`)
  await heading(page, words.team.invite).waitFor()
  await button(page, words.team.make).click()
  const invitation = await field(page, words.team.link).inputValue()
  const colleague = await newWalker(browser, owner.programs, wish)
  await colleague.page.goto(invitation)
  await heading(colleague.page, fill(colleague.words.welcome.join.title, { workspace })).waitFor()
  await fillPerson(colleague, people.colleague)
  await button(colleague.page, colleague.words.welcome.join.act).click()
  await heading(colleague.page, colleague.fixed.inbox).waitFor({ state: 'attached' })
  await page.getByText(people.colleague.name).first().waitFor()
  return colleague
}

export async function signOutAndIn(
  walker: Walker,
  who: (typeof people)['owner' | 'colleague'],
): Promise<void> {
  const { page, words } = walker
  await page.getByRole('button', { name: words.shell.nav.you }).click()
  await page.getByRole('menuitem', { name: words.shell.menu.signOut, exact: true }).click()
  await heading(page, words.welcome.signIn.title).waitFor()
  await field(page, words.welcome.address).fill(who.address)
  await field(page, words.welcome.password).fill(who.password)
  await button(page, words.welcome.signIn.act).click()
  await goTo(walker, 'inbox')
}

async function fillPerson(walker: Walker, who: (typeof people)['owner' | 'colleague']): Promise<void> {
  const { page, words } = walker
  await field(page, words.welcome.name).fill(who.name)
  await field(page, words.welcome.address).fill(who.address)
  await field(page, words.welcome.password).fill(who.password)
}
