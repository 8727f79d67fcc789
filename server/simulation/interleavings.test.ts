/**
 * What holds whatever happens: random interleavings of people's acts, faults of the provider and deaths of workers,
 * judged from the provider's own log.
 */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { mailKinds } from '../src/sending/submission.ts'
import type { MailKind } from '../src/sending/submission.ts'
import { expectedOf } from '../src/sending/outlook.ts'
import { chanceOf } from './chance.ts'
import type { FateName } from './fates.ts'
import { fateOf, undisturbed } from './fates.ts'
import { judge } from './judge.ts'
import { People } from './people.ts'
import type { Mail, Sender } from './record.ts'
import { testStand } from './stand.fixture.ts'
import { World } from './world.ts'

vi.setConfig({ testTimeout: 240_000 })
const stand = await testStand()
const monday = Temporal.Instant.from('2026-01-05T09:00:00Z').epochMilliseconds
const minute = 60_000
const day = 24 * 60 * minute

async function begin(): Promise<{ world: World; people: People }> {
  await stand.clear()
  const world = await World.begin(stand, { seed: 'interleavings', start: monday })
  const people = new People(world)
  world.onTrouble = (mail, what) => {
    const sendOnly = world.record.senders[0]?.level === 'send_only'
    if (what === 'in doubt' && sendOnly) world.timeline.later(5 * minute, () => people.decide(mail))
  }
  return { world, people }
}

type Step =
  | { readonly do: 'enqueue'; readonly kind: MailKind; readonly count: number }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'fate'; readonly fate: FateName; readonly times: number }
  | { readonly do: 'cancel' | 'hold' | 'release' | 'now' | 'withdraw'; readonly which: number }
  | { readonly do: 'pause' | 'resume' }
  | { readonly do: 'limit'; readonly limit: number }

const fates = [
  'refused',
  'stumbles',
  'throttles',
  'cut_before',
  'cut_after',
  'takes_late',
  'freezes',
  'refused_late',
  'stumbles_late',
  'freezes_before_the_call',
  'dies_holding',
  'dies_before_the_call',
  'dies_before',
  'dies_after',
] as const

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('enqueue' as const),
      kind: fc.constantFrom(...mailKinds),
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.constantFrom(1, 61, 121, 600, 5400, 36_000, 54_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('fate' as const),
      fate: fc.constantFrom(...fates),
      times: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('cancel', 'hold', 'release', 'now', 'withdraw'),
      which: fc.nat(40),
    }),
  },
  fc.record({ do: fc.constantFrom('pause', 'resume') }),
  fc.record({ do: fc.constant('limit' as const), limit: fc.integer({ min: 1, max: 9 }) }),
)

interface Stage {
  readonly world: World
  readonly people: People
  readonly sender: Sender
  /** What becomes of the next attempts. */
  readonly ahead: FateName[]
}

async function perform({ world, people, sender, ahead }: Stage, one: Step): Promise<void> {
  const { mails } = world.record
  const chosen = (which: number): Mail[] => mails.slice(which % Math.max(1, mails.length)).slice(0, 1)
  switch (one.do) {
    case 'enqueue':
      await people.enqueue(sender, one)
      return
    case 'wait':
      return await world.runTo(world.timeline.now + one.seconds * 1000)
    case 'fate':
      ahead.push(...Array.from({ length: one.times }, () => one.fate))
      return
    case 'withdraw':
      for (const mail of chosen(one.which)) people.withdraw(mail)
      return
    case 'cancel':
    case 'hold':
    case 'release':
    case 'now':
      await people.act(chosen(one.which), { act: one.do })
      return
    case 'pause':
    case 'resume':
      return await people[one.do](sender)
    case 'limit':
      return await people.setLimit(sender, one.limit)
  }
}

/** Nobody pauses, holds or breaks anything any more: every mail comes to its end. */
async function heal({ world, people, sender, ahead }: Stage): Promise<void> {
  ahead.length = 0
  await people.setLimit(sender, 300)
  await people.resume(sender)
  for (let days = 0; days < 6; days++) {
    for (const mail of world.record.mails) await people.mend(mail)
    await world.runTo(world.timeline.now + day)
  }
}

async function statesOf(): Promise<Map<string, string>> {
  const { rows } = await stand.admin.query<{ id: string; state: string }>('select id, state from submission')
  return new Map(rows.map((row) => [row.id, row.state]))
}

const ends = new Set(['accepted', 'failed', 'cancelled', 'suppressed'])

test.each(['full', 'send_only'] as const)(
  'with %s access: no day above its limit, nothing twice, nothing lost, nothing against a will, ranks strict, and every mail comes to an end',
  async (level) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 18 }), async (steps) => {
        const { world, people } = await begin()
        const sender = await people.connect({
          address: 'anna@brand.practice.example',
          limit: 6,
          reserve: 1,
          pace: 2,
          level,
        })
        const ahead: FateName[] = []
        world.fateOf = ({ marker }, attempt) => {
          const name = ahead.shift()
          return name === undefined ? undisturbed : fateOf(name, chanceOf('fate', marker, attempt))
        }
        const stage = { world, people, sender, ahead }
        for (const one of steps) await perform(stage, one)
        await heal(stage)
        const states = await statesOf()
        const { record, provider, problems } = world
        const { breaches } = judge({ record, log: provider.log, refused: provider.refused, states })
        const open = [...states].filter(([, state]) => !ends.has(state))
        expect([...problems, ...breaches, ...open]).toEqual([])
      }),
      { numRuns: 8, seed: 20_260_105 },
    )
  },
)

const queued = fc.array(
  fc.record({ kind: fc.constantFrom(...mailKinds), count: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 1, maxLength: 6 },
)

test('while nothing changes, every mail leaves at the very millisecond that was told', async () => {
  await fc.assert(
    fc.asyncProperty(
      queued,
      fc.integer({ min: 2, max: 8 }),
      fc.constantFrom(0, 3, 61),
      async (wanted, limit, pace) => {
        const { world, people } = await begin()
        const zone = 'Europe/Berlin'
        const sender = await people.connect({
          address: 'ben@brand.practice.example',
          limit,
          reserve: 1,
          pace,
          zone,
        })
        for (const one of wanted) await people.enqueue(sender, one)
        const { mails } = world.record
        const told = await world.workspace(0).inside((tx) =>
          expectedOf(
            tx,
            mails.map((mail) => mail.id),
          ),
        )
        await world.runTo(monday + 14 * day)
        const left = new Map(world.provider.log.map((one) => [one.marker, one.taken.at]))
        expect(mails.map(({ marker }) => [marker, left.get(marker)])).toEqual(
          mails.map(({ marker, id }) => [marker, told.get(id)?.at]),
        )
      },
    ),
    { numRuns: 10, seed: 20_260_105 },
  )
})
