/** Decides on some applications, answers one question, leaves a note, and lets the rest for the person to practise on. */
import type { Act, Stage } from '../stage.ts'
import { all, ask, need, until } from '../stage.ts'
import { characters } from '../story/characters.ts'
import { hurry, sendTheRest } from './invite.ts'
import { ordinary } from './mailboxes.ts'

interface Application {
  readonly id: string
  readonly name: string
  readonly decision?: string
  readonly decisionSentAt?: string
}
interface Conversation {
  readonly id: string
  readonly contactName: string
  readonly lastDirection: 'in' | 'out'
}

const nameOf = (temperament: string): string | undefined =>
  characters.find((character) => character.wave === 'first' && character.temperament === temperament)?.name

export const decide: Act = async (stage) => {
  const campaignId = need(stage.made, 'running')
  const { rows } = await ask<{ rows: readonly Application[] }>(
    stage,
    'GET',
    `/campaigns/${campaignId}/applications`,
  )
  for (const { name, decision } of characters) {
    const application = rows.find((row) => row.name === name && row.decisionSentAt === undefined)
    if (decision === undefined || application === undefined) continue
    await ask(stage, 'PUT', `/campaigns/${campaignId}/applications/${application.id}/decision`, { decision })
  }
  await ask(stage, 'POST', `/campaigns/${campaignId}/decisions/send`, {
    key: `rehearsal-decisions-${campaignId}`,
  })
  const conversations = await all<Conversation>(stage, '/conversations')
  const asking = conversations.find(({ contactName }) => contactName === nameOf('asks'))
  if (asking !== undefined && asking.lastDirection === 'in') {
    await ask(stage, 'POST', `/conversations/${asking.id}/answers`, {
      key: `rehearsal-answer-${asking.id}`,
      mailboxId: need(stage.made, 'first'),
      text: stage.story.answer,
    })
  }
  const negotiating = conversations.find(({ contactName }) => contactName === nameOf('negotiates'))
  if (negotiating !== undefined && !(await isNoted(stage, negotiating.id)))
    await ask(stage, 'POST', `/conversations/${negotiating.id}/notes`, { text: stage.story.note })
  if (negotiating !== undefined)
    await ask(stage, 'PUT', `/conversations/${negotiating.id}/assignee`, { personId: stage.actor.personId })
  await sendTheRest(stage)
  return { decided: String(answeredUntilNow(conversations)) }
}

/** A step that is done again leaves no second note. */
async function isNoted(stage: Stage, conversationId: string): Promise<boolean> {
  const { notes } = await ask<{ notes: readonly { text: string }[] }>(
    stage,
    'GET',
    `/conversations/${conversationId}`,
  )
  return notes.some(({ text }) => text === stage.story.note)
}

const longestWaitMs = 10_000
const approved = characters.filter(({ decision }) => decision === 'approved').length

/** Waits for thanks, puts one mail on hold, and gives the first mailbox and the practice world back their own pace. */
export const finish: Act = async (stage) => {
  const before = Number(stage.made['decided'] ?? 0)
  await until(stage, longestWaitMs, async () => {
    await hurry(stage)
    return answeredUntilNow(await all<Conversation>(stage, '/conversations')) >= before + approved - 1
  })
  await holdOne(stage)
  await ask(stage, 'PATCH', `/mailboxes/${need(stage.made, 'first')}`, ordinary)
  if (stage.made['asleep'] === 'yes') await stage.world.acting(false)
  return {}
}

/** The invitation that would leave last, so that there is one to release. */
async function holdOne(stage: Stage): Promise<void> {
  const mails = `/outbox?mailboxId=${need(stage.made, 'second')}`
  const held = await ask<{ rows: readonly unknown[] }>(stage, 'GET', `${mails}&section=held`)
  const { rows } = await ask<{ rows: readonly { id: string }[] }>(stage, 'GET', `${mails}&limit=100`)
  const last = rows.at(-1)
  if (held.rows.length > 0 || last === undefined) return
  await ask(stage, 'POST', '/outbox/act', { choice: { ids: [last.id] }, deed: { act: 'hold' } })
}

function answeredUntilNow(conversations: readonly Conversation[]): number {
  return conversations.filter(({ lastDirection }) => lastDirection === 'in').length
}
