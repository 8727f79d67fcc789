/** What a scene needs of the practice world: its people, and a mailbox connected without a browser. */
import type { Practice } from '../practice.ts'
import type { Programs } from '../programs.ts'
import type { PersonAtApi } from './person-at-api.ts'

export interface PracticePerson {
  readonly address: string
  readonly name: string
  readonly handle: string
  readonly language: 'en' | 'de'
  readonly temperament: string
}

/** The owner of an account says yes to everything that is asked for. Returns the mailbox. */
export async function connectMailbox(
  person: PersonAtApi,
  home: string,
  account: string,
  level: 'full' | 'send_only',
): Promise<string> {
  const { rows } = await person.get<{ rows: { key: string; provider: string }[] }>(`${home}/endpoints`)
  const endpoint = rows.find((one) => one.provider === 'gmail')?.key
  const { authorizeUrl } = await person.post<{ authorizeUrl: string }>(`${home}/mailboxes/connect`, {
    endpoint,
    level,
  })
  const url = new URL(authorizeUrl)
  const form = new URLSearchParams({ request: url.search.slice(1), account, decision: 'allow' })
  for (const scope of level === 'full' ? ['gmail.send', 'gmail.readonly'] : ['gmail.send'])
    form.append('scope', `https://www.googleapis.com/auth/${scope}`)
  const answer = await fetch(new URL('/google/consent', url), {
    method: 'POST',
    body: form,
    redirect: 'manual',
  })
  await person.visit(answer.headers.get('location') ?? '')
  const found = await person.get<{ rows: { id: string; address: string }[] }>(`${home}/mailboxes`)
  const mailbox = found.rows.find((one) => one.address === account)
  if (mailbox === undefined) throw new Error(`${account} could not be connected`)
  return mailbox.id
}

/** People of the practice world beyond its cast. */
export async function inventPeople(programs: Programs, count: number): Promise<readonly PracticePerson[]> {
  const { people } = await programs.practice.post<{ people: PracticePerson[] }>('/people', {
    count,
    seed: 'winter',
    temperament: 'silent',
  })
  return people
}

/** The address of the brief in the last mail with one that somebody got. */
export async function briefPath(practice: Practice, address: string): Promise<string> {
  for (const { id } of (await practice.arrivals(address)).toReversed()) {
    const answer = await fetch(`${practice.base}/control/mailboxes/${address}/messages/${id}/raw`)
    const raw = (await answer.text()).replaceAll('=\r\n', '').replaceAll('=3D', '=')
    const path = /https?:\/\/[^/]+(\/b\/[\w.~-]+)/.exec(raw)?.[1]
    if (path !== undefined) return path
  }
  throw new Error(`${address} has no brief`)
}
