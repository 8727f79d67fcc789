/** A work account at Microsoft, from the admin's consent to the captured answer, in real browsers. */
import { expect, test } from 'vitest'
import { launchBrowser } from './find-browser.ts'
import { startPrograms } from './programs.ts'
import { withSights } from './sights.ts'
import { expectNoFaults } from './watch.ts'
import { readReply, seeReplyArrive } from './walk/answer.ts'
import { addInfluencers, invite, makeCampaign } from './walk/campaign.ts'
import { wakePeople } from './walk/cast.ts'
import { leaveOutTheGap } from './walk/connect.ts'
import {
  askAdminsFirst,
  connectAfterwards,
  leaveMicrosoft,
  letAdminAgree,
  office,
  sendOnlyMeanwhile,
  waitForAdmin,
} from './walk/office.ts'
import { rehearseFirst, setUp } from './walk/set-up.ts'
import { goTo, newWalker, passTime } from './walk/walker.ts'

const minute = 60_000

test('a work account waits for its admin, connects with one click, and gets its answers', {
  timeout: 300_000,
}, async () => {
  await using programs = await startPrograms()
  await using browser = await launchBrowser()
  await withSights(browser, async () => {
    const owner = await newWalker(browser, programs, { language: 'en', width: 1440, scheme: 'light' })
    await setUp(owner)
    await rehearseFirst(owner)
    await askAdminsFirst(owner)
    await waitForAdmin(owner)
    await sendOnlyMeanwhile(owner)
    await letAdminAgree(owner, browser, { language: 'en', width: 390, scheme: 'dark' })
    await connectAfterwards(owner)
    await leaveOutTheGap(owner, office)
    await addInfluencers(owner)
    await makeCampaign(owner)
    await invite(owner)
    await wakePeople(programs.practice, 'en')
    await goTo(owner, 'inbox')
    await passTime([owner], 45 * minute)
    await seeReplyArrive(owner)
    await readReply(owner)
    // fourteen letters of others lie there too
    const answers = (await programs.practice.arrivals(office)).filter(({ source }) => source === 'person')
    const opened = (await programs.practice.callsOf(office))
      .filter(({ method }) => method === 'graph.me.getMime')
      .flatMap(({ ids }) => ids)
    expect(opened.length).toBeGreaterThan(0)
    expect(opened.filter((id) => answers.every((answer) => answer.id !== id))).toEqual([])
    await leaveMicrosoft(owner)
    expectNoFaults(owner)
  })
})
