/** A shared mailbox at Microsoft in real browsers: at its own level, beside the account's. */
import { expect, test } from 'vitest'
import { launchBrowser } from './find-browser.ts'
import { startPrograms } from './programs.ts'
import { withSights } from './sights.ts'
import type { Wish } from './watch.ts'
import { askAdminsFirst, connectAfterwards, letAdminAgree, office, waitForAdmin } from './walk/office.ts'
import { rehearseFirst, setUp } from './walk/set-up.ts'
import { addForSending, hello, readIt, readItNoLonger, seeTrialCounted } from './walk/shared.ts'
import { newWalker } from './walk/walker.ts'

test.each([
  ['English, at a desk', { language: 'en', width: 1440, scheme: 'light' }],
  ['German, on a phone', { language: 'de', width: 390, scheme: 'dark' }],
] as const satisfies [string, Wish][])(
  'a shared mailbox is added with sending alone, read later and not read any more: %s',
  { timeout: 180_000 },
  async (_where, wish) => {
    await using programs = await startPrograms()
    await using browser = await launchBrowser()
    await withSights(browser, async () => {
      const owner = await newWalker(browser, programs, wish)
      await setUp(owner)
      await rehearseFirst(owner)
      await askAdminsFirst(owner)
      await waitForAdmin(owner)
      await letAdminAgree(owner, browser, wish)
      await connectAfterwards(owner)
      await addForSending(owner)
      await seeTrialCounted(owner)
      expect((await programs.practice.sent(hello)).map(({ recipients }) => recipients)).toHaveLength(1)
      await programs.practice.post('/consent-policy', { managed: false, mailbox: office })
      await readIt(owner)
      await readItNoLonger(owner)
      // that sharing has to be allowed first is an answer which browsers report
      expect(owner.faults.filter((fault) => !fault.endsWith('/shared-mailboxes'))).toEqual([])
    })
  },
)
