/** Sends what the story sends: invitations that are answered, invitations that wait, a message in a paused mailbox. */
import type { Act, Stage } from '../stage.ts'
import { all, ask, need, until } from '../stage.ts'
import { addressOf, characters } from '../story/characters.ts'
import type { Wave } from '../story/story.ts'
import { contactIdsOf } from './campaigns.ts'

interface Member {
  readonly id: string
  readonly contactId: string
  readonly state: string
}

export const sendInvitations: Act = async (stage) => {
  await invite(stage, 'first', need(stage.made, 'first'))
  return {}
}

/** What waits when the person comes in; sent last, so that nobody who answers has to wait for it. */
export async function sendTheRest(stage: Stage): Promise<void> {
  const { actor, made, story } = stage
  await invite(stage, 'quiet', need(made, 'first'))
  await invite(stage, 'second', need(made, 'second'))
  const mailboxId = made['third']
  if (mailboxId !== undefined) {
    const texts = { [stage.language]: story.message }
    await ask(stage, 'POST', '/bulk/send', {
      key: `rehearsal-message-${actor.workspaceId}`,
      audience: { ids: await contactIdsOf(stage, ['message']) },
      texts,
      mailboxId,
    })
  }
}

async function invite(stage: Stage, wave: Wave, mailboxId: string): Promise<void> {
  const campaignId = need(stage.made, 'running')
  const wanted = new Set(await contactIdsOf(stage, [wave]))
  const members = await all<Member>(stage, `/campaigns/${campaignId}/members`)
  await ask(stage, 'POST', `/campaigns/${campaignId}/send`, {
    kind: 'invitation',
    key: `rehearsal-${wave}-${campaignId}`,
    memberIds: members.filter(({ contactId }) => wanted.has(contactId)).map(({ id }) => id),
    mailboxId,
  })
}

/** How many of the first wave do something that can be waited for. */
const onThePage = ['applies', 'applies-and-asks', 'declines']
const inWriting = ['asks', 'applies-and-asks', 'negotiates', 'manager', 'declines-in-words']
const first = characters.filter(({ wave }) => wave === 'first')
const countOf = (temperaments: readonly string[]): number =>
  first.filter(({ temperament }) => temperaments.includes(temperament)).length

const longestWaitMs = 20_000

/** Waits until those who answer have answered, and hurries them. */
export const awaitAnswers: Act = async (stage) => {
  const campaignId = need(stage.made, 'running')
  await until(stage, longestWaitMs, async () => {
    await hurry(stage)
    const members = await all<Member>(stage, `/campaigns/${campaignId}/members`)
    const moved = members.filter(({ state }) => state === 'applied' || state === 'declined').length
    return moved >= countOf(onThePage) && (await needsReply(stage)) >= countOf(inWriting)
  })
  return {}
}

/** Whoever still thinks it over acts now, and what they wrote is read now. */
export async function hurry(stage: Stage): Promise<void> {
  await ask(stage, 'POST', `/mailboxes/${need(stage.made, 'first')}/unread/again`)
  const invited = characters.filter(({ wave }) => wave === 'first' || wave === 'quiet')
  await stage.world.hurry([...invited.map(addressOf), need(stage.made, 'address.first')])
}

export async function needsReply(stage: Stage): Promise<number> {
  return (await ask<{ needsReply: number }>(stage, 'GET', '/conversations/counts')).needsReply
}
