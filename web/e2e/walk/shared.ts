/** A mailbox that the organisation shares with the account: added with sending alone, read later, and not read any more. */
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { findingsInBoth } from '../look.ts'
import { fill } from '../words.ts'
import { choose, row } from './connect.ts'
import { chooseAccount, office } from './office.ts'
import { type Walker, button, field } from './walker.ts'

export const hello = 'hello@office.practice.example'
const senderName = 'Team Hello'

/** An admin has allowed to read the account’s own mail and no more, so it is added with Send Only; what was typed is there after Microsoft. */
export async function addForSending(walker: Walker): Promise<void> {
  const { page, words } = walker
  const { settings } = words
  await choose(walker, office, settings.menu.shared)
  const dialog = page.getByRole('dialog')
  await field(dialog, settings.shared.address).fill(hello)
  await field(dialog, settings.shared.name).fill(senderName)
  await dialog.getByRole('radio', { name: walker.fixed.sendOnly }).check()
  expect(await findingsInBoth(page)).toEqual([])
  await button(dialog, settings.shared.act).click()
  await button(dialog, settings.shared.allow).click()
  await allow(walker)
  await dialog.waitFor()
  expect([
    await field(dialog, settings.shared.address).inputValue(),
    await field(dialog, settings.shared.name).inputValue(),
    await dialog.getByRole('radio', { name: walker.fixed.sendOnly }).isChecked(),
  ]).toEqual([hello, senderName, true])
  await button(dialog, settings.shared.act).click()
  await dialog.getByText(fill(settings.shared.added, { address: hello })).waitFor()
  await dialog.getByText(words.shell.act.close, { exact: true }).click()
  await row(walker, hello).getByText(walker.fixed.sendOnly).waitFor()
  await row(walker, office).getByText(walker.fixed.full).waitFor()
}

/** The one mail that tried it counts in its day. */
export async function seeTrialCounted(walker: Walker): Promise<void> {
  const line = fill(walker.words.settings.provider.line, { used: '1', limit: '300', waiting: '0' })
  await row(walker, hello).getByText(line).waitFor()
}

/** Microsoft asks for reading, and the mailbox alone gets it. */
export async function readIt(walker: Walker): Promise<void> {
  const dialog = await askForLevel(walker, 'full')
  await button(dialog, walker.words.settings.level.actShared).click()
  await allow(walker)
  await row(walker, hello).getByText(walker.fixed.full).waitFor()
}

/** It is read no longer, and nobody goes to Microsoft for that. */
export async function readItNoLonger(walker: Walker): Promise<void> {
  const dialog = await askForLevel(walker, 'send_only')
  await button(dialog, walker.words.settings.level.actShared).click()
  await row(walker, hello).getByText(walker.fixed.sendOnly).waitFor()
  await row(walker, office).getByText(walker.fixed.full).waitFor()
  expect(await dialog.count()).toBe(0)
}

async function askForLevel(walker: Walker, level: 'full' | 'send_only'): Promise<Locator> {
  const { page, words } = walker
  await choose(walker, hello, words.settings.menu.level)
  const dialog = page.getByRole('dialog')
  await dialog.getByText(fill(words.settings.level.shared[level], { account: office })).waitFor()
  expect(await findingsInBoth(page)).toEqual([])
  return dialog
}

async function allow(walker: Walker): Promise<void> {
  await chooseAccount(walker)
  await walker.page.locator('button[value="allow"]').click()
}
