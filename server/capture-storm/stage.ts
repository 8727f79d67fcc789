/** The stage of a storm: one workspace, four mailboxes with Full Access, and the people who will be written to. */
import { addContacts, connect, openHouse } from '../story/stage.ts'
import type { House } from '../story/stage.ts'
import { addressOf } from '../story/cast.ts'
import type { Programs } from '../story/programs.ts'
import type { BoxName, Script } from './script.ts'
import { boxNames, boxes, wishing } from './script.ts'

export interface Stage extends House {
  readonly mailboxes: ReadonlyMap<BoxName, string>
  readonly contacts: ReadonlyMap<string, string>
}

export async function setStage(programs: Programs, { letters }: Script): Promise<Stage> {
  const house = await openHouse(programs)
  const { owner, practice, home } = house
  const list = letters.map(({ name }) => ({ address: addressOf(name), name, temperament: 'silent' }))
  await practice.post('/people', { list })
  await practice.post('/faults', { threadNeedsSameSubject: true, conversationBySubject: true })
  const mailboxes = new Map<BoxName, string>()
  for (const name of boxNames) {
    const { address } = boxes[name]
    await practice.post('/accounts', { address, name: `${name} brand` })
    const settings = { paceSeconds: 0, reserve: 0, findsChangedSubjects: wishing.has(name) }
    mailboxes.set(name, await connect(house, home, boxes[name], settings))
  }
  const contacts = await addContacts(
    owner,
    home,
    letters.map(({ name }) => name),
  )
  return { ...house, mailboxes, contacts }
}
