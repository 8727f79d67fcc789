/**
 * The stage of a crash storm, set by a person's program through the public interface: mailboxes connected, influencers
 * imported from a file, one campaign with all of them, and one launch per mailbox. Nothing leaves before all is queued.
 */
import { pause } from '../story/advance.ts'
import type { Programs } from '../story/programs.ts'
import { connect, openHouse } from '../story/stage.ts'
import type { House } from '../story/stage.ts'
import { dailyLimit, markerOf } from './cast.ts'
import type { Cast } from './cast.ts'

export interface Stage extends House {
  readonly mailboxIds: readonly string[]
  /** How long each step of enqueueing took, and the first page of the outbox with everything in it. */
  readonly timings: Readonly<Record<`${string}_seconds` | `${string}_ms`, number>>
}

const outboxLooks = 5
const peopleAtOnce = 1000
const membersAtOnce = 5000

export async function setStage(programs: Programs, cast: Cast): Promise<Stage> {
  const house = await openHouse(programs)
  const { owner, practice, home } = house
  for (let at = 0; at < cast.people.length; at += peopleAtOnce) {
    const list = cast.people.slice(at, at + peopleAtOnce)
    await practice.post('/people', {
      list: list.map(({ name, address }) => ({ name, address, temperament: 'silent' })),
    })
  }
  const boxes = new Map<string, string>()
  for (const sender of cast.senders) {
    await practice.post('/accounts', { address: sender.address, name: 'Brand' })
    const id = await connect(house, home, sender, { paceSeconds: 0, reserve: 0, dailyLimit })
    await owner.post(`${home}/mailboxes/${id}/pause`)
    boxes.set(sender.address, id)
  }
  const imported = await timed(() => importPeople(house, cast))
  const found = await timed(() => owner.all<{ id: string }>(`${home}/contacts`))
  const campaign = await timed(() =>
    startCampaign(
      house,
      [...boxes.values()],
      found.value.map(({ id }) => id),
    ),
  )
  const launches = await timed(() => launch(house, campaign.value, cast, boxes))
  const pages: number[] = []
  for (let n = 0; n < outboxLooks; n++)
    pages.push((await timed(() => owner.get(`${home}/outbox?section=waiting&limit=50`))).seconds)
  const summary = await timed(() => owner.get(`${home}/outbox/summary`))
  return {
    ...house,
    mailboxIds: [...boxes.values()],
    timings: {
      import_seconds: tenths(imported.seconds),
      members_seconds: tenths(found.seconds + campaign.seconds),
      launch_seconds: tenths(launches.seconds),
      outbox_page_ms: Math.round(1000 * (pages.toSorted((a, b) => a - b)[2] ?? 0)),
      outbox_summary_ms: Math.round(1000 * summary.seconds),
    },
  }
}

async function importPeople({ owner, home }: House, { people }: Cast): Promise<void> {
  const csv = ['name,address', ...people.map(({ name, address }) => `${name},${address}`)].join('\r\n')
  const { id } = await owner.post<{ id: string }>(`${home}/contacts/imports`, { fileName: 'influencers.csv' })
  const path = `${home}/contacts/imports/${id}`
  await owner.putBytes(`${path}/parts/0`, new TextEncoder().encode(csv))
  const { roles, headed } = await owner.post<{ roles: string[]; headed: boolean }>(`${path}/read`)
  let { state, added } = await owner.post<{ state: string; added: number }>(`${path}/start`, {
    roles,
    headed,
  })
  while (state === 'running') {
    await pause(50)
    ;({ state, added } = await owner.get<{ state: string; added: number }>(path))
  }
  if (added !== people.length) throw new Error(`${people.length} influencers imported, ${added} added`)
}

async function startCampaign(
  { owner, home }: House,
  [mailboxId]: readonly string[],
  contactIds: readonly string[],
): Promise<string> {
  const brief = {
    headline: 'Spring',
    body: 'Brief.',
    deliverables: ['reel'],
    dates: 'March',
    compensation: '',
  }
  const { id } = await owner.post<{ id: string }>(`${home}/campaigns`, { name: 'Storm', mailboxId, brief })
  const path = `${home}/campaigns/${id}`
  const body = `Hello {{ name }},\n\n${markerOf('{{ name }}')} {{ brief_link }}\n\nOlga`
  await owner.put(`${path}/texts`, { kind: 'invitation', language: 'en', subject: 'Spring', body })
  for (let at = 0; at < contactIds.length; at += membersAtOnce)
    await owner.post(`${path}/members`, { contactIds: contactIds.slice(at, at + membersAtOnce) })
  await owner.put(`${path}/status`, { status: 'running' })
  return path
}

async function launch(
  { owner, home }: House,
  campaign: string,
  { people, senders }: Cast,
  boxes: ReadonlyMap<string, string>,
): Promise<void> {
  const members = await owner.all<{ id: string; name: string }>(`${campaign}/members`)
  const memberOf = new Map(members.map(({ id, name }) => [name, id]))
  for (const { address } of senders) {
    const names = people.filter(({ from }) => from === address).map(({ name }) => name)
    let sent = await owner.post<{ launchId: string; state: string; queued: number }>(`${campaign}/send`, {
      kind: 'invitation',
      memberIds: names.map((name) => memberOf.get(name)),
      mailboxId: boxes.get(address),
      key: `storm-${address}`,
    })
    while (sent.state === 'running') {
      await pause(50)
      const now = await owner.get<{ state: string; queued: number }>(`${home}/launches/${sent.launchId}`)
      sent = { ...sent, ...now }
    }
    if (sent.queued !== names.length)
      throw new Error(`${names.length} mails of ${address} asked for, ${sent.queued} queued`)
  }
}

async function timed<T>(act: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const began = performance.now()
  const value = await act()
  return { value, seconds: (performance.now() - began) / 1000 }
}

export function tenths(seconds: number): number {
  return Math.round(seconds * 10) / 10
}
