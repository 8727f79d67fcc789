/**
 * A believable Monday at a brand, prepared through the HTTP API: three mailboxes, a campaign with applications and
 * replies, another whose invitations fill the outbox for days, one that is being prepared and one that is over. The same
 * scene serves the tests that look at every screen and the pictures of the documentation.
 */
import type { Programs } from '../programs.ts'
import { Desk, type Row, until } from './desk.ts'
import { PersonAtApi } from './person-at-api.ts'
import { type PracticePerson, connectMailbox, inventPeople } from './practice-side.ts'
import { answers, followUps, letter, note } from './texts.ts'

export const team = {
  anna: {
    name: 'Anna Keller',
    address: 'anna@nordlicht.example',
    password: 'a quiet morning',
    language: 'en',
  },
  ben: { name: 'Ben Vogt', address: 'ben@nordlicht.example', password: 'a clear evening', language: 'de' },
  clara: {
    name: 'Clara Weiss',
    address: 'clara@nordlicht.example',
    password: 'a bright noon',
    language: 'de',
  },
} as const
const brand = 'brand.practice.example'
const minute = 60_000

export interface Scene {
  readonly anna: Desk
  readonly ben: Desk
  readonly mailboxes: { readonly anna: string; readonly team: string; readonly ben: string }
  readonly campaigns: Readonly<Record<'huts' | 'winter' | 'boots' | 'autumn', string>>
  /** Everybody of the practice world's cast, by address, as an influencer of the workspace. */
  readonly contacts: ReadonlyMap<string, string>
}

/** `crowd` is how many invitations stand in the outbox. */
export async function setScene(programs: Programs, crowd: number): Promise<Scene> {
  const { anna, ben } = await foundWorkspace(programs)
  const mailboxes = await connectMailboxes(anna, ben)
  const { people } = await programs.practice.get<{ people: PracticePerson[] }>('/people')
  const contacts = await addPeople(anna, people)
  const cast = [...contacts.values()]
  const huts = await anna.campaign('huts', mailboxes.anna, cast.slice(0, 20))
  await anna.run(huts)
  await anna.inviteAll(huts, followUps)
  await passMorning(programs, anna)
  await answerSome(anna, ben, mailboxes)
  await decideSome(anna, huts)
  const winter = await anna.campaign('winter', mailboxes.team, await paste(anna, programs, crowd))
  await anna.run(winter)
  await anna.inviteAll(winter)
  const boots = await anna.campaign('boots', mailboxes.anna, cast.slice(12))
  const autumn = await anna.campaign('autumn', mailboxes.anna, cast.slice(0, 6))
  await anna.put(`/campaigns/${autumn}/status`, { status: 'closed' })
  await troubleOutbox(programs, { anna, ben }, mailboxes.ben, cast)
  return { anna, ben, mailboxes, campaigns: { huts, winter, boots, autumn }, contacts }
}

async function foundWorkspace({ product, setupLink }: Programs): Promise<{ anna: Desk; ben: Desk }> {
  const owner = new PersonAtApi(product)
  const { workspaces } = await owner.post<{ workspaces: { id: string }[] }>('/setup', {
    ...team.anna,
    token: new URL(setupLink).searchParams.get('token'),
    workspaceName: 'Nordlicht Outdoor',
    zone: 'UTC',
  })
  const home = `/workspaces/${workspaces[0]?.id}`
  await owner.put(`${home}/mode`, { mode: 'practice' })
  async function join(who: (typeof team)['ben' | 'clara'], role: 'admin' | 'viewer'): Promise<PersonAtApi> {
    const { link } = await owner.post<{ link: string }>(`${home}/invitations`, { role })
    const person = new PersonAtApi(product)
    await person.post(`/invitations/${link.split('/').at(-1)}/accept`, who)
    return person
  }
  const ben = await join(team.ben, 'admin')
  await join(team.clara, 'viewer')
  await owner.post(`${home}/invitations`, { role: 'member' })
  return { anna: new Desk(owner, home), ben: new Desk(ben, home) }
}

async function connectMailboxes(anna: Desk, ben: Desk): Promise<Scene['mailboxes']> {
  const mailboxes = {
    anna: await connectMailbox(anna.person, anna.home, `anna.keller@${brand}`, 'full'),
    team: await connectMailbox(anna.person, anna.home, `team@${brand}`, 'full'),
    ben: await connectMailbox(ben.person, ben.home, `ben.vogt@${brand}`, 'send_only'),
  }
  await anna.person.patch(`${anna.home}/mailboxes/${mailboxes.anna}`, {
    paceSeconds: 0,
    signature: 'Anna Keller\nPartnerships, Nordlicht Outdoor',
  })
  return mailboxes
}

/** The cast as influencers, by address. */
async function addPeople(
  desk: Desk,
  people: readonly PracticePerson[],
): Promise<ReadonlyMap<string, string>> {
  const bases = ['agreed', 'existing_relation', 'asked_us', 'public_business_address'] as const
  const contacts = new Map<string, string>()
  for (const [index, person] of people.entries()) {
    const { name, address, handle, language } = person
    const { id } = await desk.post<{ id: string }>('/contacts', {
      name,
      address,
      handle,
      language,
      country: language === 'de' ? 'DE' : 'GB',
      tags: index % 3 === 0 ? ['outdoor', 'film'] : ['outdoor'],
      notes: index === 0 ? note : '',
      basis: bases[index % bases.length],
      basisSource: 'Wrote to us on Instagram, 3 November',
    })
    contacts.set(address, id)
  }
  return contacts
}

async function paste(desk: Desk, programs: Programs, count: number): Promise<readonly string[]> {
  const people = await inventPeople(programs, count)
  const text = people.map((person) => `${person.name}; ${person.address}; ${person.handle}`).join('\n')
  const { added } = await desk.post<{ added: Row[] }>('/contacts/paste', { text })
  return added.map((contact) => contact.id)
}

/** From half past seven to a quarter past eight: invitations leave, people read, apply, ask and decline. */
async function passMorning(programs: Programs, desk: Desk): Promise<void> {
  const { practice } = programs
  await practice.post('/people/act', { on: true, pace: { minMs: 20_000, maxMs: 6 * minute } })
  await programs.step(31 * minute)
  for (let part = 0; part < 3; part++) {
    await until('everything has left', async () => (await desk.rows('/outbox?section=waiting')).length === 0)
    await practice.post('/settle', {})
    await programs.step(4 * minute)
  }
  await practice.post('/settle', {})
  await until('somebody needs a reply', async () => (await desk.conversations('needs_reply')).length > 2)
}

/** One is answered by Anna, one is Ben's with a note, the others wait for somebody. */
async function answerSome(anna: Desk, ben: Desk, mailboxes: Scene['mailboxes']): Promise<void> {
  const [first, second] = await anna.conversations('needs_reply')
  if (first === undefined || second === undefined) throw new Error('too few replies')
  await anna.post(`/conversations/${first.id}/answers`, {
    key: 'scene-answer',
    mailboxId: mailboxes.anna,
    text: answers[1],
  })
  const session = await ben.person.get<{ person: { id: string } }>('/session')
  await ben.put(`/conversations/${second.id}/assignee`, { personId: session.person.id })
  await ben.post(`/conversations/${second.id}/notes`, { key: 'scene-note', text: note })
}

/** Most applications are decided and not sent yet. */
async function decideSome(desk: Desk, campaignId: string): Promise<void> {
  const { rows } = await desk.person.get<{ rows: Row[] }>(
    `${desk.home}/campaigns/${campaignId}/applications?undecided=true`,
  )
  for (const [index, { id }] of rows.slice(2).entries())
    await desk.put(`/campaigns/${campaignId}/applications/${id}/decision`, {
      decision: index % 3 === 2 ? 'rejected' : 'approved',
    })
}

/** One mail is unconfirmed, because the line broke while it was handed over; one is on hold; one waits for tomorrow. */
async function troubleOutbox(
  { practice }: Programs,
  { anna, ben }: { readonly anna: Desk; readonly ben: Desk },
  mailboxId: string,
  cast: readonly string[],
): Promise<void> {
  await practice.post('/faults', { cutAfterAccept: { every: 1, mailbox: `ben.vogt@${brand}` } })
  await ben.post('/messages', { key: 'scene-letter', mailboxId, contactId: cast[3], ...letter })
  await until(
    'a mail is unconfirmed',
    async () => (await ben.rows('/outbox?section=unconfirmed')).length === 1,
  )
  const [, , , held] = await anna.rows<Row>('/outbox?section=waiting')
  if (held !== undefined)
    await anna.post('/outbox/act', { choice: { ids: [held.id] }, deed: { act: 'hold' } })
}
