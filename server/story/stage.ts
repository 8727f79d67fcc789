/**
 * The stage of the story: two people, two workspaces, two mailboxes of Full Access (one address in both workspaces) and
 * one of Send Only, 120 influencers, 60 foreign mails, and campaigns whose texts carry a marker of the story's own.
 */
import type { Programs } from './programs.ts'
import { Person, Practice } from './people.ts'

export interface Sender {
  readonly address: string
  readonly cap: number
  readonly full: boolean
}
export const senders = {
  anna: { address: 'anna@brand.practice.example', cap: 300, full: true },
  ben: { address: 'ben@brand.practice.example', cap: 30, full: true },
  cleo: { address: 'cleo@brand.practice.example', cap: 25, full: false },
} as const satisfies Record<string, Sender>
export type SenderName = keyof typeof senders

export interface Stage {
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

export function nameOf(n: number): string {
  return `P${String(n).padStart(4, '0')}`
}
export function addressOf(name: string): string {
  return `${name.toLowerCase()}@people.practice.example`
}
export const influencers = Array.from({ length: 120 }, (_, i) => nameOf(i + 1))

export async function setStage(programs: Programs): Promise<Stage> {
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
  const second = await owner.post<{ id: string }>('/workspaces', {
    name: 'Studio',
    language: 'en',
    zone: 'UTC',
  })
  const away = `/workspaces/${second.id}`
  await owner.put(`${away}/mode`, { mode: 'practice' })
  const { link } = await owner.post<{ link: string }>(`${home}/invitations`, { role: 'member' })
  await colleague.post(`/invitations/${link.split('/').at(-1)}/accept`, {
    name: 'Carl Colleague',
    address: 'carl@atelier.example',
    password: 'another correct horse',
    language: 'de',
  })
  const foreignIds = await fillPractice(practice)
  const mailboxes = {
    anna: await connect(owner, practice, home, 'anna', { paceSeconds: 0 }),
    ben: await connect(owner, practice, home, 'ben', {
      paceSeconds: 0,
      reserve: 0,
      dailyLimit: senders.ben.cap,
    }),
    cleo: await connect(owner, practice, home, 'cleo', { reserve: 0, dailyLimit: senders.cleo.cap }),
    benAway: await connect(owner, practice, away, 'ben', { paceSeconds: 0, reserve: 0 }),
  }
  return {
    owner,
    colleague,
    practice,
    home,
    away,
    mailboxes,
    contacts: await addContacts(owner, home, influencers),
    contactsAway: await addContacts(owner, away, influencers.slice(0, 10)),
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

async function fillPractice(practice: Practice): Promise<Set<string>> {
  for (const [name, sender] of Object.entries(senders)) {
    await practice.post('/accounts', { address: sender.address, name: `${name} brand` })
  }
  const list = influencers.map((name) => ({ address: addressOf(name), name, temperament: 'silent' }))
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

async function connect(
  owner: Person,
  practice: Practice,
  workspace: string,
  name: SenderName,
  settings: Record<string, number>,
): Promise<string> {
  const sender = senders[name]
  const level = sender.full ? 'full' : 'send_only'
  const { rows } = await owner.get<{ rows: { key: string; provider: string }[] }>(`${workspace}/endpoints`)
  const endpoint = rows.find((one) => one.provider === 'gmail')?.key
  const { authorizeUrl } = await owner.post<{ authorizeUrl: string }>(`${workspace}/mailboxes/connect`, {
    endpoint,
    level,
  })
  const back = await practice.consent(
    authorizeUrl,
    sender.address,
    sender.full ? ['gmail.send', 'gmail.readonly'] : ['gmail.send'],
  )
  const shown = new URL(await owner.redirect(back), practice.base)
  const handle = shown.searchParams.get('outcome')
  const outcome = await owner.get<{ outcome: string; mailboxId?: string }>(
    `${workspace}/connect-outcomes/${handle}`,
  )
  if (outcome.outcome !== 'connected' || outcome.mailboxId === undefined) {
    throw new Error(`connecting ${sender.address} ended as ${JSON.stringify(outcome)}`)
  }
  await owner.patch(`${workspace}/mailboxes/${outcome.mailboxId}`, { zone: 'UTC', ...settings })
  return outcome.mailboxId
}

async function addContacts(
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
