/** The stage of a storm: one workspace, four mailboxes with Full Access, and the people who will be written to. */
import { pause } from '../story/advance.ts'
import { addContacts, connect, openHouse } from '../story/stage.ts'
import type { House } from '../story/stage.ts'
import { addressOf } from '../story/cast.ts'
import type { Programs } from '../story/programs.ts'
import { pushTopic } from '../story/programs.ts'
import type { BoxName, Script } from './script.ts'
import { boxNames, boxes, wishing } from './script.ts'

export interface Stage extends House {
  readonly mailboxes: ReadonlyMap<BoxName, string>
  readonly contacts: ReadonlyMap<string, string>
}

export async function setStage(programs: Programs, script: Script): Promise<Stage> {
  const { letters } = script
  const house = await openHouse(programs)
  const { owner, practice, home } = house
  const list = letters.map(({ name }) => ({ address: addressOf(name), name, temperament: 'silent' }))
  await practice.post('/people', { list })
  await practice.post('/faults', { threadNeedsSameSubject: true, conversationBySubject: true })
  await practice.post('/topics', {
    ...pushTopic,
    endpoint: `${programs.product}/api/v1/push/practice-google`,
  })
  const mailboxes = new Map<BoxName, string>()
  for (const name of boxNames) {
    const { address } = boxes[name]
    await practice.post('/accounts', { address, name: `${name} brand` })
    const settings = { paceSeconds: 0, reserve: 0, findsChangedSubjects: wishing.has(name) }
    mailboxes.set(name, await connect(house, home, boxes[name], settings))
  }
  await untilWatched(programs)
  await practice.post('/faults', pushFaultsOf(script.hash))
  const contacts = await addContacts(
    owner,
    home,
    letters.map(({ name }) => name),
  )
  return { ...house, mailboxes, contacts }
}

/** What becomes of notices, whatever else happens: three of ten are lost, others come twice, late, or too early. */
function pushFaultsOf(seed: string): Readonly<Record<string, unknown>> {
  return {
    pushLost: { probability: 0.3, seed },
    pushTwice: { probability: 0.2, seed },
    pushDelayed: { probability: 0.1, seed, ms: 3000 },
    pushEarly: { probability: 0.1, seed, ms: 700 },
  }
}

const watchLooks = 200
const watchLookMs = 100

/** A storm begins once every provider has promised to tell. */
async function untilWatched({ admin }: Programs): Promise<void> {
  for (let looks = 0; looks < watchLooks; looks++) {
    const { rows } = await admin.query(`select from mailbox_watch where handle is not null`)
    if (rows.length === boxNames.length) return
    await pause(watchLookMs)
  }
  throw new Error('not every mailbox is watched')
}
