/**
 * B7: from the arrival of an answer to where it can be seen, and what is lost or doubled on the way. One practice world, a
 * mailbox for each contender, the same answers at the same moments; notices are lost, doubled, late and early, the
 * provider forgets its history (404), throttles (429) and fails (503).
 *
 * All play at once, so a run of one contender is a run of all. Clocks run as the machine's does. Kontor runs as its own
 * processes, at its usual times between two looks.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { practiceNow } from '../../server/story/advance.ts'
import { addressOf, nameOf } from '../../server/story/cast.ts'
import type { ArrivalRecord } from '../../server/story/people.ts'
import type { Programs } from '../../server/story/programs.ts'
import { pushTopic, startPrograms } from '../../server/story/programs.ts'
import type { House } from '../../server/story/stage.ts'
import { addContacts, connect, openHouse } from '../../server/story/stage.ts'
import { wallClock } from '../../server/src/platform/clock/index.ts'
import { createHttpClient } from '../../server/src/platform/http-client/index.ts'
import { gmailAdapter, practiceGoogleEndpoint } from '../../server/src/providers/gmail/index.ts'
import { signInAt } from '../../server/src/testing/signed-in.ts'
import type { Bench, Contender, Run } from './bench.ts'
import type { Arrival, Seen } from './capture/judge.ts'
import { judged } from './capture/judge.ts'
import { startPoll, startPush } from './capture/peers.ts'
import type { Deed } from './capture/script.ts'
import { noticeFaults, scriptOf } from './capture/script.ts'

const idioms = {
  kontor: 'the product: a web process and two workers, push and its usual looks',
  push: 'own port: push alone, history since the stored id, on 404 on from now',
  poll: 'own port: the inbox is listed every 60 s, what is new is read',
} as const
type Engine = keyof typeof idioms
const engines = Object.keys(idioms) as Engine[]
const boxes: Readonly<Record<Engine, string>> = {
  kontor: 'gina@brand.practice.example',
  push: 'hugo@brand.practice.example',
  poll: 'ida@brand.practice.example',
}

const answersOfLetter = 4
/** Two polls and a look of Kontor's beyond the last answer. */
const settleMs = 150_000

export const captureBench: Bench = {
  line: 'Capture: from the arrival of an answer to where it is seen; lost; doubled, beside push alone and polling',
  // `drop` takes so many seen answers away before the judge looks: it must tell
  numbers: { answers: 120, drop: 0 },
  contenders(numbers) {
    const plays: Promise<Readonly<Record<Engine, Run>>>[] = []
    return Object.fromEntries(
      engines.map((engine): [Engine, Contender] => {
        let runs = 0
        const run = async (): Promise<Run> => {
          const play = (plays[runs++] ??= played(numbers))
          return (await play)[engine]
        }
        return [engine, { idiom: idioms[engine], run }]
      }),
    )
  },
}

async function played({
  answers = 0,
  drop = 0,
}: Readonly<Record<string, number>>): Promise<Readonly<Record<Engine, Run>>> {
  await using programs = await startPrograms({ polling: 'usual' })
  const house = await openHouse(programs)
  const letters = await staged(programs, house, answers)
  const ahead = (await practiceNow(house)) - Date.now()
  await using push = await startPush(await placeOf(programs, house, boxes.push), async (endpoint) => {
    const topic = 'projects/practice/topics/peer'
    await house.practice.post('/topics', { ...pushTopic, topic, endpoint })
    return topic
  })
  await using poll = startPoll(await placeOf(programs, house, boxes.poll))
  await house.practice.post('/faults', noticeFaults('b7'))
  const arrived = await enacted(house, letters, answers)
  await pause(settleMs)
  const times = new Map(
    (await house.practice.record<{ seq: number; at: string }>('arrivals')).map(({ seq, at }) => [
      seq,
      Date.parse(at),
    ]),
  )
  const mine = (seen: readonly Seen[]) => seen.map(({ id, at }) => ({ id, at: at + ahead }))
  const seenBy = { kontor: await seenByKontor(programs), push: mine(push.seen), poll: mine(poll.seen) }
  const runOf = (engine: Engine): Run => {
    const arrivals = arrived[engine].map(({ id, seq }): Arrival => ({ id, at: times.get(seq) ?? 0 }))
    const ids = new Set(arrivals.map(({ id }) => id))
    const seen = seenBy[engine].filter(({ id }) => ids.has(id)).slice(drop)
    return { figures: { ...judged(arrivals, seen) } }
  }
  return { kontor: runOf('kontor'), push: runOf('push'), poll: runOf('poll') }
}

interface Delivered {
  readonly seq: number
  readonly id: string
}

/** Three mailboxes; from Kontor's leave the letters that will be answered. Gives the number under which each arrived. */
async function staged(
  programs: Programs,
  house: House,
  answers: number,
): Promise<readonly (readonly [string, number])[]> {
  const { owner, practice, home } = house
  const names = Array.from({ length: Math.ceil(answers / answersOfLetter) }, (_, n) => nameOf(n + 1))
  const list = names.map((name) => ({ address: addressOf(name), name, temperament: 'silent' }))
  await practice.post('/people', { list })
  const endpoint = `${programs.product}/api/v1/push/practice-google`
  await practice.post('/topics', { ...pushTopic, endpoint })
  for (const address of Object.values(boxes)) await practice.post('/accounts', { address, name: 'Brand' })
  const sender = { provider: 'gmail', address: boxes.kontor, full: true } as const
  const mailboxId = await connect(house, home, sender, { paceSeconds: 0, reserve: 0 })
  const contacts = await addContacts(owner, home, names)
  for (const name of names)
    await owner.post(`${home}/messages`, {
      key: `b7-${name}`,
      mailboxId,
      contactId: contacts.get(name),
      subject: `A word to ${name}`,
      text: `Hello ${name}, shall we?`,
    })
  const places = new Map<string, number>()
  while (places.size < names.length) {
    await pause(200)
    for (const { mailbox, seq } of await practice.record<ArrivalRecord>('arrivals')) {
      const name = names.find((one) => addressOf(one) === mailbox)
      if (name !== undefined && !places.has(name)) places.set(name, seq)
    }
  }
  for (;;) {
    const { rows } = await programs.admin.query('select from mailbox_watch where handle is not null')
    if (rows.length > 0) return [...places]
    await pause(200)
  }
}

async function placeOf(
  programs: Programs,
  { practice }: House,
  address: string,
): Promise<{ url: string; token: string }> {
  const url = programs.practice
  const http = createHttpClient({ allowedOrigins: () => [url], timeoutMs: 10_000 })
  const adapter = gmailAdapter({
    endpoint: practiceGoogleEndpoint(url),
    http,
    now: wallClock.now,
    productNow: async () => wallClock.now(),
  })
  const { signedIn } = await signInAt(adapter, 'full', (authorizeUrl) =>
    practice.consent(authorizeUrl, address, true),
  )
  return { url, token: signedIn.tokens.accessToken }
}

type Arrived = Readonly<Record<Engine, Delivered[]>>

/** Everybody answers when the script says, in every mailbox at once. */
async function enacted(
  { practice }: House,
  letters: readonly (readonly [string, number])[],
  answers: number,
): Promise<Arrived> {
  const arrived: Arrived = { kontor: [], push: [], poll: [] }
  const began = performance.now()
  for (const { at, deed } of scriptOf(answers)) {
    await pause(Math.max(0, at - (performance.now() - began)))
    if (deed.do === 'answer') await answer(deed.n)
    else if (deed.do === 'mend') await practice.endFaults('fail')
    else for (const engine of engines) await practice.post('/faults', faultOf(deed, boxes[engine]))
  }
  return arrived

  async function answer(n: number): Promise<void> {
    const [name = '', toMessage] = letters[n % letters.length] ?? []
    const text = `Thank you. MARKreplyR${n}x${name}END`
    const from = addressOf(name)
    await Promise.all([
      practice
        .post<Delivered>('/people/reply', { from, toMessage, text })
        .then((said) => arrived.kontor.push(said)),
      ...(['push', 'poll'] as const).map(async (engine) => {
        const mail = { to: boxes[engine], from: `${name} <${from}>`, subject: `Re: A word to ${name}`, text }
        const { delivered } = await practice.post<{ delivered: Delivered[] }>('/deliver', mail)
        arrived[engine].push(...delivered)
      }),
    ])
  }
}

function faultOf(
  deed: Exclude<Deed, { do: 'answer' | 'mend' }>,
  mailbox: string,
): Readonly<Record<string, unknown>> {
  if (deed.do === 'forget') return { historyTooOld: { mailbox } }
  if (deed.do === 'throttle') return { throttle: { mailbox, all: true, forMs: deed.seconds * 1000 } }
  return { fail: { mailbox, status: 503 } }
}

async function seenByKontor({ admin }: Programs): Promise<readonly Seen[]> {
  const { rows } = await admin.query<{ id: string; at: Date }>(
    `select provider_message_id as id, stored_at as at from message where kind = 'reply'`,
  )
  return rows.map(({ id, at }) => ({ id, at: at.getTime() }))
}
