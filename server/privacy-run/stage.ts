/** The stage: one workspace, a mailbox with Full Access at each provider in question, and the people who are written to. */
import type { Programs } from '../story/programs.ts'
import { addressOf } from '../story/cast.ts'
import { addContacts, connect, openHouse } from '../story/stage.ts'
import type { House } from '../story/stage.ts'
import type { Plan, Provider } from './plan.ts'
import { boxes, dailyLimit } from './plan.ts'

export interface Stage extends House {
  readonly mailboxes: ReadonlyMap<Provider, string>
  readonly contacts: ReadonlyMap<string, string>
}

const peopleAtOnce = 500

export async function setStage(programs: Programs, plans: readonly Plan[]): Promise<Stage> {
  const house = await openHouse(programs)
  const { owner, practice, home } = house
  // Gmail opens a thread for another subject, Exchange puts the same subject into one conversation
  await practice.post('/faults', { threadNeedsSameSubject: true, conversationBySubject: true })
  const mailboxes = new Map<Provider, string>()
  for (const { provider } of plans) {
    const box = boxes[provider]
    await practice.post('/accounts', { address: box.address, name: 'Lea Brand' })
    mailboxes.set(provider, await connect(house, home, box, { paceSeconds: 0, reserve: 0, dailyLimit }))
  }
  const contacts = new Map<string, string>()
  const names = plans.flatMap(({ threads }) => threads.map(({ name }) => name))
  for (let at = 0; at < names.length; at += peopleAtOnce) {
    const some = names.slice(at, at + peopleAtOnce)
    await practice.post('/people', {
      list: some.map((name) => ({ address: addressOf(name), name, temperament: 'silent' })),
    })
    for (const [name, id] of await addContacts(owner, home, some)) contacts.set(name, id)
  }
  return { ...house, mailboxes, contacts }
}
