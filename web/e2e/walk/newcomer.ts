/**
 * The way of a newcomer, from the link in the terminal to the last decision, as one test: what comes later stands on what
 * came before. Two colleagues and the creators have browsers of their own.
 */
import { launchBrowser } from '../find-browser.ts'
import { startPrograms } from '../programs.ts'
import { withSights } from '../sights.ts'
import { type Wish, expectNoFaults } from '../watch.ts'
import { addInfluencers, invite, makeCampaign, readOutbox } from './campaign.ts'
import { cast, wakePeople } from './cast.ts'
import { addresses, connectFullAccess, connectSendOnly, disconnect, leaveOutTheGap } from './connect.ts'
import { answer, readReply, seeAnswer, seeReplyArrive } from './answer.ts'
import { decide, seeStages } from './decide.ts'
import { applyAs, declineAs } from './creators.ts'
import { inviteColleague, rehearseFirst, setUp } from './set-up.ts'
import { goTo, newWalker, passTime } from './walker.ts'

const minute = 60_000

export async function newcomersWay(wishes: {
  readonly owner: Wish
  readonly colleague: Wish
}): Promise<void> {
  await using programs = await startPrograms()
  await using browser = await launchBrowser()
  await withSights(browser, async () => {
    const owner = await newWalker(browser, programs, wishes.owner)
    await setUp(owner)
    await rehearseFirst(owner)
    await connectFullAccess(owner)
    await connectSendOnly(owner)
    const colleague = await inviteColleague(owner, browser, wishes.colleague)
    await leaveOutTheGap(owner, addresses.anna)
    await addInfluencers(owner)
    await makeCampaign(owner)
    await invite(owner)
    await readOutbox(owner)
    await wakePeople(programs.practice, wishes.owner.language)
    for (const person of [owner, colleague]) await goTo(person, 'inbox')
    await passTime([owner, colleague], 45 * minute)
    for (const person of [owner, colleague]) await seeReplyArrive(person)
    for (const person of [owner, colleague]) await readReply(person)
    await answer(colleague)
    await seeAnswer(owner, owner.words.inbox.mail.accepted)
    await applyAs(owner, browser, cast.elif)
    await declineAs(owner, browser, cast.priya)
    await decide(owner)
    await seeStages(colleague)
    await disconnect(owner, addresses.anna)
    for (const person of [owner, colleague]) expectNoFaults(person)
  })
}
