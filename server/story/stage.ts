/**
 * The stage of the story: two people, two workspaces, mailboxes of both providers with Full Access and Send Only (one
 * address in both workspaces), influencers, and foreign mails.
 */
import type { Programs } from './programs.ts'
import type { Cast, Sender, SenderName } from './cast.ts'
import { addressOf, nameOf, senders } from './cast.ts'
import { Person, Practice } from './people.ts'

export interface Stage {
  readonly cast: Cast
  readonly owner: Person
  readonly colleague: Person
  readonly practice: Practice
  /** Path of each workspace in the API. */
  readonly home: string
  readonly away: string
  readonly mailboxes: Readonly<Record<SenderName | 'benAway', string>>
  readonly contacts: ReadonlyMap<string, string>
  readonly contactsAway: ReadonlyMap<string, string>
  readonly foreignIds: ReadonlySet<string>
}

/** Two people, and a workspace of theirs in which one rehearses. */
export interface House {
  readonly owner: Person
  readonly colleague: Person
  readonly practice: Practice
  readonly home: string
}

export async function openHouse(
  programs: Pick<Programs, 'practice' | 'product' | 'setupToken'>,
): Promise<House> {
  const practice = new Practice(programs.practice)
  const owner = new Person(programs.product)
  const colleague = new Person(programs.product)
  await startOnMonday(owner, practice)
  const session = await owner.post<{ workspaces: { id: string }[] }>('/setup', {
    token: programs.setupToken,
    name: 'Olga Owner',
    address: 'olga@atelier.example',
    password: 'correct horse battery',
    workspaceName: 'Atelier',
    language: 'en',
    zone: 'UTC',
  })
  const home = `/workspaces/${session.workspaces[0]?.id}`
  await owner.put(`${home}/mode`, { mode: 'practice' })
  const { link } = await owner.post<{ link: string }>(`${home}/invitations`, { role: 'member' })
  await colleague.post(`/invitations/${link.split('/').at(-1)}/accept`, {
    name: 'Carl Colleague',
    address: 'carl@atelier.example',
    password: 'another correct horse',
    language: 'de',
  })
  return { owner, colleague, practice, home }
}

export async function setStage(programs: Programs, cast: Cast): Promise<Stage> {
  const { owner, colleague, practice, home } = await openHouse(programs)
  const second = await owner.post<{ id: string }>('/workspaces', {
    name: 'Studio',
    language: 'en',
    zone: 'UTC',
  })
  const away = `/workspaces/${second.id}`
  await owner.put(`${away}/mode`, { mode: 'practice' })
  const foreignIds = await fillPractice(practice, cast)
  const people = { owner, practice }
  const mailboxes = {
    anna: await connect(people, home, senders.anna, { paceSeconds: 0, dailyLimit: cast.caps.anna }),
    ben: await connect(people, home, senders.ben, {
      paceSeconds: 0,
      reserve: 0,
      dailyLimit: cast.caps.ben,
    }),
    cleo: await connect(people, home, senders.cleo, { reserve: 0, dailyLimit: cast.caps.cleo }),
    dora: await connect(people, home, senders.dora, {
      paceSeconds: 0,
      reserve: 0,
      dailyLimit: cast.caps.dora,
    }),
    emil: await connect(people, home, senders.emil, { reserve: 0, dailyLimit: cast.caps.emil }),
    benAway: await connect(people, away, senders.ben, { paceSeconds: 0, reserve: 0 }),
  }
  return {
    cast,
    owner,
    colleague,
    practice,
    home,
    away,
    mailboxes,
    contacts: await addContacts(owner, home, [...cast.everyone, ...cast.ghosts]),
    contactsAway: await addContacts(owner, away, cast.some(0, 10)),
    foreignIds,
  }
}

// Product and practice begin together on a Monday at 09:00 UTC, within the sending window.
async function startOnMonday(anyone: Person, practice: Practice): Promise<void> {
  const { now } = await anyone.post<{ now: string }>('/test-clock', { stepSeconds: 0 })
  const today = Temporal.Instant.from(now).toZonedDateTimeISO('UTC')
  const monday = today.startOfDay().add({ days: 8 - today.dayOfWeek, hours: 9 })
  const seconds = today.until(monday).total('seconds')
  await anyone.post('/test-clock', { stepSeconds: seconds })
  await practice.post('/clock', { advanceMs: Math.round(seconds * 1000) })
}

async function fillPractice(practice: Practice, cast: Cast): Promise<Set<string>> {
  for (const [name, sender] of Object.entries(senders)) {
    await practice.post('/accounts', { address: sender.address, name: `${name} brand` })
  }
  const list = cast.everyone.map((name) => ({ address: addressOf(name), name, temperament: 'silent' }))
  await practice.post('/people', { list })
  const ids = new Set<string>()
  const boxes = Object.values(senders)
  for (let n = 0; n < 60; n++) {
    const to = boxes[n % boxes.length]?.address
    const twin = n % 3 === 0
    const { delivered } = await practice.post<{ delivered: { id: string }[] }>('/deliver', {
      to,
      from: twin ? `Someone <${addressOf(nameOf(200 + n))}>` : `News ${n} <news${n}@people.practice.example>`,
      subject: twin ? 'Re: Invitation C1' : `Private matter ${n}`,
      text: twin ? 'A look-alike: MARKreplyP0001END' : `Nobody else's business ${n}`,
      ...(twin ? { references: `<s.${'0'.repeat(31)}${n % 10}@brand.practice.example>` } : {}),
    })
    for (const one of delivered) ids.add(`${to} ${one.id}`)
  }
  return ids
}

/** Connects a mailbox as a person would, and gives its id. */
export async function connect(
  { owner, practice }: Connecting,
  workspace: string,
  sender: Sender,
  settings: Readonly<Record<string, number | boolean>>,
): Promise<string> {
  const level = sender.full ? 'full' : 'send_only'
  const { rows } = await owner.get<{ rows: { key: string; provider: string }[] }>(`${workspace}/endpoints`)
  const endpoint = rows.find((one) => one.provider === sender.provider)?.key
  const { authorizeUrl } = await owner.post<{ authorizeUrl: string }>(`${workspace}/mailboxes/connect`, {
    endpoint,
    level,
  })
  const handle =
    sender.provider === 'imap'
      ? await signIn({ owner, practice }, workspace, authorizeUrl, sender.address)
      : await consent({ owner, practice }, authorizeUrl, sender)
  const outcome = await owner.get<{ outcome: string; mailboxId?: string }>(
    `${workspace}/connect-outcomes/${handle}`,
  )
  if (outcome.outcome !== 'connected' || outcome.mailboxId === undefined) {
    throw new Error(`connecting ${sender.address} ended as ${JSON.stringify(outcome)}`)
  }
  await owner.patch(`${workspace}/mailboxes/${outcome.mailboxId}`, { zone: 'UTC', ...settings })
  return outcome.mailboxId
}

type Connecting = Pick<House, 'owner' | 'practice'>

async function consent(
  { owner, practice }: Connecting,
  authorizeUrl: string,
  sender: Sender,
): Promise<string> {
  const back = await practice.consent(authorizeUrl, sender.address, sender.full)
  return new URL(await owner.redirect(back), practice.base).searchParams.get('outcome') ?? ''
}

/** Of every mailbox on the practice mail server, until its owner changes it. */
export const mailServerPassword = 'practice'

/** On our own page, with the password of the mail server. */
async function signIn(
  { owner, practice }: Connecting,
  workspace: string,
  authorizeUrl: string,
  address: string,
): Promise<string> {
  const state = new URL(authorizeUrl, practice.base).searchParams.get('state')
  const typed = { state, address, name: 'Brand', password: mailServerPassword }
  const { handle, ...refused } = await owner.post<{ handle?: string }>(
    `${workspace}/mailboxes/sign-in`,
    typed,
  )
  if (handle === undefined) throw new Error(`signing in as ${address} ended as ${JSON.stringify(refused)}`)
  return handle
}

/** Influencers by pasted lines; gives the ids by name. */
export async function addContacts(
  owner: Person,
  workspace: string,
  names: readonly string[],
): Promise<Map<string, string>> {
  const text = names.map((name) => `${name} <${addressOf(name)}>`).join('\n')
  const { added } = await owner.post<{ added: { id: string; name: string }[] }>(
    `${workspace}/contacts/paste`,
    { text },
  )
  if (added.length !== names.length)
    throw new Error(`${names.length} influencers pasted, ${added.length} added`)
  return new Map(added.map((contact) => [contact.name, contact.id]))
}
