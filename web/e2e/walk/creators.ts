/** Creators in browsers of their own: they open the mail in their mailbox, follow its link, and apply or say no. */
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { tooWide } from '../look.ts'
import { type Person, expectNoFaults, openWindow } from '../watch.ts'
import { campaign } from './cast.ts'
import { type Walker, button, heading } from './walker.ts'

interface Creator {
  readonly name: string
  readonly address: string
}

export async function applyAs(walker: Walker, browser: Browser, creator: Creator): Promise<void> {
  await atTheBrief(walker, browser, creator, async (page) => {
    const { du } = walker.words.brief
    await button(page, walker.fixed.applyNow).click()
    await page.getByRole('textbox').fill('I know every hut up there.')
    await button(page, du.send).click()
    await heading(page, du.appliedTitle).waitFor()
  })
}

export async function declineAs(walker: Walker, browser: Browser, creator: Creator): Promise<void> {
  await atTheBrief(walker, browser, creator, async (page) => {
    const { du } = walker.words.brief
    await button(page, walker.fixed.noThanks).click()
    await heading(page, du.declineTitle).waitFor()
    await button(page, du.declineAct).click()
    await heading(page, du.declinedTitle).waitFor()
  })
}

async function atTheBrief(
  walker: Walker,
  browser: Browser,
  creator: Creator,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const person = await openWindow(browser, walker.programs, {
    language: walker.language,
    width: 390,
    scheme: 'light',
  })
  const page = await followTheLink(person, walker, creator)
  await heading(page, campaign[walker.language].headline).waitFor()
  expect(await tooWide(page)).toEqual([])
  await act(page)
  expectNoFaults(person)
  await person.context.close()
}

/** From the creator's own mailbox in the practice world to the page behind the link. */
async function followTheLink(person: Person, walker: Walker, creator: Creator): Promise<Page> {
  await person.page.goto(`${walker.programs.practice.base}/mailbox/${creator.address}`)
  await person.page.getByRole('table').getByRole('link').first().click()
  const letter = person.page.frameLocator('iframe')
  const opened = person.context.waitForEvent('page')
  await letter.getByRole('link').first().click()
  return await opened
}
