/** A work account at Microsoft, where an admin has to allow reading first: waiting, the admin's own browser, and the way on. */
import type { Browser } from 'playwright-core'
import { expect } from 'vitest'
import { tooWide } from '../look.ts'
import { type Wish, expectNoFaults, openWindow } from '../watch.ts'
import { fill } from '../words.ts'
import { row } from './connect.ts'
import { type Walker, button, goToIntegrations, heading, link } from './walker.ts'

export const office = 'team@office.practice.example'

/** The organisation lets its people send, and asks an admin about reading. */
export async function askAdminsFirst(walker: Walker): Promise<void> {
  await walker.programs.practice.post('/consent-policy', { managed: true, mailbox: office })
}

/** Full Access comes back without: the account waits, and nothing is connected. */
export async function waitForAdmin(walker: Walker): Promise<void> {
  const { page, words } = walker
  await goToIntegrations(walker)
  await link(page, walker.fixed.connectYourEmail).click()
  await page.getByRole('radio', { name: 'Microsoft' }).check()
  await button(page, walker.fixed.next).click()
  await page.getByRole('radio', { name: walker.fixed.full }).check()
  await page.getByText(words.connect.three.admin).waitFor()
  await page.getByText(words.connect.aside.show.microsoft.read, { exact: true }).waitFor()
  await button(page, walker.fixed.connect).click()
  await chooseAccount(walker)
  await page.locator('button[value="cancel"]').click()
  await page.getByText(words.settings.outcome.admin_needed).waitFor()
  await waitingRow(walker).getByText(words.settings.admin.waiting, { exact: true }).waitFor()
  expect(await page.getByText(office).count()).toBe(0)
}

/** Meanwhile sending alone, which nobody has to be asked about. */
export async function sendOnlyMeanwhile(walker: Walker): Promise<void> {
  const { page, words } = walker
  await button(waitingRow(walker), words.settings.admin.sendOnly).click()
  await chooseAccount(walker)
  await page.locator('button[value="allow"]').click()
  await page.getByText(fill(words.settings.outcome.connected, { address: office })).waitFor()
  await row(walker, office).getByText(walker.fixed.sendOnly).waitFor()
}

/** The link goes to somebody without an account here, who accepts and is thanked. */
export async function letAdminAgree(walker: Walker, browser: Browser, wish: Wish): Promise<void> {
  const { words } = walker
  const admin = await openWindow(browser, walker.programs, wish)
  await admin.page.goto(await adminLink(walker))
  await admin.page.locator('button[value="allow"]').click()
  await heading(admin.page, words.welcome.admin.agreed.title).waitFor()
  expect(await tooWide(admin.page)).toEqual([])
  expectNoFaults(admin)
  await admin.context.close()
}

/** Nobody reloads: the row says by itself that the admin agreed, and one click connects. */
export async function connectAfterwards(walker: Walker): Promise<void> {
  const { page, words } = walker
  await waitingRow(walker).getByText(words.settings.admin.agreed, { exact: true }).waitFor()
  await button(waitingRow(walker), words.settings.admin.connect).click()
  await chooseAccount(walker)
  await page.getByText(fill(words.settings.outcome.connected, { address: office })).waitFor()
  await row(walker, office).getByText(walker.fixed.full).waitFor()
  await waitingRow(walker).waitFor({ state: 'detached' })
}

/** Microsoft cannot be told, so the person is: where the consent is taken back. */
export async function leaveMicrosoft(walker: Walker): Promise<void> {
  const { page, words } = walker
  const { settings } = words
  await goToIntegrations(walker)
  await button(page, fill(settings.provider.menu, { address: office })).click()
  await page.getByRole('menuitem', { name: walker.fixed.menu[8], exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(settings.disconnect.permission.microsoft).waitFor()
  await button(dialog, fill(settings.disconnect.act, { address: office })).click()
  const away = link(dialog, fill(settings.outcome.consentPage, { provider: 'Microsoft' }))
  expect(await away.getAttribute('href')).toBe('https://myapplications.microsoft.com')
}

function waitingRow(walker: Walker): ReturnType<typeof row> {
  return row(walker, fill(walker.words.settings.admin.label, { label: 'Microsoft' }))
}

/** As the letter to the admin has it. */
async function adminLink(walker: Walker): Promise<string> {
  const letter = link(waitingRow(walker), walker.words.settings.admin.send)
  const body = new URL((await letter.getAttribute('href')) ?? '').searchParams.get('body') ?? ''
  return /http\S+/.exec(body)?.[0] ?? ''
}

export async function chooseAccount(walker: Walker): Promise<void> {
  await walker.page.getByRole('radio', { name: office }).check()
  await walker.page.getByRole('button', { name: walker.fixed.next, exact: true }).click()
}
