/** The people of the practice world as rows: who they are, how they are, and how far they got with whom. */
import { chanceOf, pick } from '../chance.ts'
import { MANAGEMENT_DOMAIN, PEOPLE_DOMAIN, addressKey } from '../mime/addresses.ts'
import type { Row } from '../store/row.ts'
import { keepAccount } from '../store/accounts.ts'
import type { Store } from '../store/store.ts'
import { CLIENTS, type Client } from './clients/client.ts'
import { FAMILY_NAMES, GIVEN_NAMES, TOPICS } from './names.ts'

export const TEMPERAMENTS = [
  'applies',
  'asks',
  'applies-and-asks',
  'negotiates',
  'declines',
  'declines-in-words',
  'silent',
  'away',
  'manager',
  'full',
  'gone',
  'late',
] as const
export type Temperament = (typeof TEMPERAMENTS)[number]

export interface Person {
  readonly key: string
  readonly address: string
  readonly name: string
  readonly handle: string
  readonly language: string
  readonly temperament: Temperament
  readonly client: Client
  /** A text that stands in every mail of this person; empty for none. */
  readonly marker: string
  /** Address that answers for this person; empty for none. */
  readonly manager: string
}

function toPerson(row: Row): Person {
  return {
    key: row.text('address_key'),
    address: row.text('address'),
    name: row.text('name'),
    handle: row.text('handle'),
    language: row.text('language'),
    temperament: TEMPERAMENTS.find((each) => each === row.text('temperament')) ?? 'silent',
    client: CLIENTS.find((each) => each === row.text('client')) ?? 'web',
    marker: row.text('marker'),
    manager: row.text('manager'),
  }
}

export function personAt(store: Store, address: string): Person | undefined {
  const row = store.one('select * from person where address_key = ?', addressKey(address))
  return row === undefined ? undefined : toPerson(row)
}

export function listPeople(store: Store): readonly Person[] {
  return store.all('select * from person order by address_key').map(toPerson)
}

/** Keeps a person with the mailboxes that go with it (the manager's too); the same address again changes them. */
export function keepPerson(store: Store, person: Omit<Person, 'key'>, now: number): Person {
  const key = addressKey(person.address)
  keepAccount(store, { address: person.address, name: person.name, language: person.language }, now)
  if (person.manager !== '') {
    const name = `Management ${person.name}`
    keepAccount(store, { address: person.manager, name, language: person.language }, now)
  }
  store.run(
    `insert into person (address_key, address, name, handle, language, temperament, client, marker, manager) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (address_key) do update set name = excluded.name, handle = excluded.handle, language = excluded.language,
       temperament = excluded.temperament, client = excluded.client, marker = excluded.marker, manager = excluded.manager`,
    key,
    person.address,
    person.name,
    person.handle,
    person.language,
    person.temperament,
    person.client,
    person.marker,
    person.manager,
  )
  return { ...person, key }
}

/** The share of each temperament among invented people, in percent. */
const SHARES: readonly (readonly [Temperament, number])[] = [
  ['applies', 32],
  ['asks', 13],
  ['applies-and-asks', 8],
  ['negotiates', 6],
  ['declines', 7],
  ['declines-in-words', 7],
  ['silent', 11],
  ['away', 5],
  ['manager', 4],
  ['full', 2],
  ['gone', 2],
  ['late', 3],
]

function temperamentAt(share: number): Temperament {
  let rest = share * 100
  for (const [temperament, percent] of SHARES) {
    rest -= percent
    if (rest < 0) return temperament
  }
  return 'applies'
}

/** The `index`-th invented person of a seed: always the same one. */
export function inventPerson(seed: string, index: number): Omit<Person, 'key'> {
  const given = pick(GIVEN_NAMES, seed, 'given', index)
  const family = pick(FAMILY_NAMES, seed, 'family', index)
  const topic = pick(TOPICS, seed, 'topic', index)
  const plain = `${given}.${family}`
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z.]/g, '')
  const temperament = temperamentAt(chanceOf(seed, 'temperament', index))
  const number = `${seed.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}-${index + 1}`
  const address = `${plain}.${number}@${PEOPLE_DOMAIN}`
  return {
    address,
    name: `${given} ${family}`,
    handle: `@${given
      .toLowerCase()
      .normalize('NFD')
      .replaceAll(/[^a-z]/g, '')}.${topic}`,
    language: chanceOf(seed, 'language', index) < 0.5 ? 'de' : 'en',
    temperament,
    client: pick(CLIENTS, seed, 'client', index),
    marker: '',
    manager:
      temperament === 'manager'
        ? `office.${family
            .toLowerCase()
            .normalize('NFD')
            .replaceAll(/[^a-z]/g, '')}-${index + 1}@${MANAGEMENT_DOMAIN}`
        : '',
  }
}

export type Stage = 'asked' | 'applied' | 'declined' | 'away' | 'waiting' | 'thanked' | 'answered'
const STAGES: readonly Stage[] = ['asked', 'applied', 'declined', 'away', 'waiting', 'thanked', 'answered']

/** How far a person got with one sender in one thread. */
export interface Affair {
  readonly person: string
  readonly threadId: string
  readonly sender: string
  /** The brief link of the invitation; empty without one. */
  readonly link: string
  readonly stage: Stage
  readonly answers: number
}

/** The affair that a mail belongs to: the same thread, the same link, or else (for a mail without a link) the last one with this sender. */
export function affairOf(
  store: Store,
  person: string,
  threadId: string,
  sender: string,
  link: string,
): Affair | undefined {
  const row =
    store.one(
      'select * from affair where person = ? and thread_id = ? order by seq desc limit 1',
      person,
      threadId,
    ) ??
    (link === ''
      ? store.one(
          'select * from affair where person = ? and sender = ? order by seq desc limit 1',
          person,
          sender,
        )
      : store.one(
          'select * from affair where person = ? and link = ? order by seq desc limit 1',
          person,
          link,
        ))
  if (row === undefined) return undefined
  return {
    person,
    threadId: row.text('thread_id'),
    sender: row.text('sender'),
    link: row.text('link'),
    stage: STAGES.find((each) => each === row.text('stage')) ?? 'answered',
    answers: row.int('answers'),
  }
}

export function keepAffair(store: Store, affair: Affair): void {
  store.run(
    `insert into affair (person, thread_id, sender, link, stage, answers) values (?, ?, ?, ?, ?, ?)
     on conflict (person, thread_id) do update set stage = excluded.stage, answers = excluded.answers, link = excluded.link`,
    affair.person,
    affair.threadId,
    affair.sender,
    affair.link,
    affair.stage,
    affair.answers,
  )
}
