/** Connecting mailboxes along the fixed path, through the provider's own pages, with one box left open on the way. */
import { expect } from 'vitest'
import { fill } from '../words.ts'
import { type Walker, button, field, goToIntegrations, heading, link } from './walker.ts'

export const addresses = {
  anna: 'anna.keller@brand.practice.example',
  ben: 'ben.vogt@brand.practice.example',
} as const

/** Full Access, first with reading left out, then with everything. */
export async function connectFullAccess(walker: Walker): Promise<void> {
  const { page, words } = walker
  await goToIntegrations(walker)
  await link(page, walker.fixed.connectYourEmail).click()
  await chooseProviderAndLevel(walker, walker.fixed.full)
  await signInAt(walker, addresses.anna, ['send'])
  const outcome = words.settings.outcome
  await page.getByText(fill(outcome.partial_read, { address: addresses.anna })).waitFor()
  await button(page, outcome.useSendOnly).waitFor()
  await button(page, outcome.askAgain).click()
  await signInAt(walker, addresses.anna, ['send', 'readonly'])
  await page.getByText(fill(outcome.connected, { address: addresses.anna })).waitFor()
  await row(walker, addresses.anna).getByText(walker.fixed.full).waitFor()
  await row(walker, addresses.anna).getByText(words.parts.default).waitFor()
}

/** A second address, which may only send, becomes the default and gives it back. */
export async function connectSendOnly(walker: Walker): Promise<void> {
  const { page, words } = walker
  await link(page, walker.fixed.connectAnother).click()
  await chooseProviderAndLevel(walker, walker.fixed.sendOnly)
  await signInAt(walker, addresses.ben, ['send'])
  await page.getByText(fill(words.settings.outcome.connected, { address: addresses.ben })).waitFor()
  await row(walker, addresses.ben).getByText(walker.fixed.sendOnly).waitFor()
  expect(await entriesOf(walker, addresses.ben)).toEqual(walker.fixed.menu)
  await setAsDefault(walker, addresses.ben)
  await setAsDefault(walker, addresses.anna)
}

async function chooseProviderAndLevel(walker: Walker, level: string): Promise<void> {
  const { page } = walker
  await heading(page, walker.fixed.connectYourEmail).waitFor()
  await heading(page, walker.fixed.selectProvider).waitFor()
  await page.getByRole('radio', { name: 'Gmail' }).check()
  await button(page, walker.fixed.next).click()
  await heading(page, walker.fixed.selectLevel).waitFor()
  await link(page, walker.fixed.learn).waitFor()
  await page.locator('summary').getByText(walker.fixed.whoSees, { exact: true }).waitFor()
  await page.getByRole('radio', { name: level }).check()
  await button(page, walker.fixed.connect).click()
}

/** The practice world's sign-in and consent page; they are not the product's, and speak like it all the same. */
async function signInAt(walker: Walker, address: string, scopes: readonly string[]): Promise<void> {
  const { page } = walker
  await page.getByRole('radio', { name: address }).check()
  await page.getByRole('button', { name: walker.fixed.next, exact: true }).click()
  for (const scope of scopes) await page.locator(`input[value$="/gmail.${scope}"]`).check()
  await page.locator('button[value="allow"]').click()
}

export function row(walker: Walker, address: string): ReturnType<Walker['page']['locator']> {
  const list = walker.page.getByRole('list', { name: walker.fixed.connectedEmails })
  return list.getByRole('listitem').filter({ hasText: address })
}

async function openMenu(walker: Walker, address: string): Promise<void> {
  const name = fill(walker.words.settings.provider.menu, { address })
  await button(walker.page, name).click()
  await walker.page.getByRole('menuitem').first().waitFor()
}

async function entriesOf(walker: Walker, address: string): Promise<readonly string[]> {
  await openMenu(walker, address)
  const entries = await walker.page.getByRole('menuitem').allInnerTexts()
  await walker.page.keyboard.press('Escape')
  await walker.page.getByRole('menu').waitFor({ state: 'hidden' })
  return entries
}

export async function choose(walker: Walker, address: string, entry: string): Promise<void> {
  await openMenu(walker, address)
  await walker.page.getByRole('menuitem', { name: entry, exact: true }).click()
}

async function setAsDefault(walker: Walker, address: string): Promise<void> {
  await choose(walker, address, walker.fixed.menu[0])
  await row(walker, address).getByText(walker.words.parts.default).waitFor()
}

/** The last act of a mailbox: it asks what becomes of the rest, and the address is gone from the list. */
export async function disconnect(walker: Walker, address: string): Promise<void> {
  const { page, words } = walker
  await goToIntegrations(walker)
  await choose(walker, address, walker.fixed.menu[8])
  const dialog = page.getByRole('dialog')
  await button(dialog, fill(words.settings.disconnect.act, { address })).click()
  await dialog.getByText(fill(words.settings.disconnect.doneTitle, { address })).waitFor()
  await dialog.getByText(words.settings.disconnect.revoked).waitFor()
}

/** Sending limits are where the menu says; without a gap the story does not wait for one. */
export async function leaveOutTheGap(walker: Walker, address: string): Promise<void> {
  const { page, words } = walker
  await goToIntegrations(walker)
  await choose(walker, address, walker.fixed.menu[4])
  const gap = field(page, words.mailbox.limits.pace)
  await gap.fill('0')
  await gap.press('Enter')
  await page.getByText(words.shell.act.saved).waitFor()
}
