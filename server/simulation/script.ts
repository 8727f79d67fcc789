/**
 * What happens in a simulation, drawn from its seed before it begins: when mails are queued, what people do with them and
 * with their mailboxes, and which hours are broken.
 */
import type { MailKind } from '../src/sending/submission.ts'
import { steadyZones } from './cast.ts'
import { between, chanceOf, pick, weighted } from './chance.ts'
import type { Chance } from './chance.ts'
import { localTime } from './calendar.ts'
import { drawFate, undisturbed } from './fates.ts'
import type { People } from './people.ts'
import type { Mail, Sender } from './record.ts'
import { valueAt } from './record.ts'
import type { World } from './world.ts'

export interface Script {
  readonly seed: string
  readonly start: number
  readonly days: number
  readonly faults: boolean
}

interface Stage {
  readonly world: World
  readonly people: People
  readonly script: Script
  readonly onQueued: () => void
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Broken hours and calm ones take turns. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly broken: boolean
}

export function stretchesOf({ seed, start, days, faults }: Script): Stretch[] {
  const chance = chanceOf(seed, 'stretches')
  const stretches: Stretch[] = []
  for (let from = start, broken = faults; from < start + days * day; broken = faults && !broken) {
    const length = broken ? between(chance, 5 * 60, 10 * 60) : between(chance, 3 * 60, 6 * 60)
    const to = Math.min(start + days * day, from + length * minute)
    stretches.push({ from, to, broken })
    from = to
  }
  return stretches
}

/** Writes the whole script into the world's agenda. */
export function direct(stage: Stage & { readonly stretches: readonly Stretch[] }): void {
  const { world, people, script, stretches } = stage
  const { seed } = script
  const isBroken = (at: number) => stretches.some(({ from, to, broken }) => broken && from <= at && at < to)
  world.fateOf = ({ marker }, attempt) =>
    isBroken(world.timeline.now) ? drawFate(chanceOf(seed, marker, attempt)) : undisturbed
  world.lookFails = (token) =>
    isBroken(world.timeline.now) && chanceOf(seed, 'look', token, world.timeline.now)() < 0.2
  world.onTrouble = (mail, what) => {
    const chance = chanceOf(seed, what, mail.marker, world.timeline.now)
    const after = between(chance, 5, 120) * minute
    if (what === 'held') world.timeline.later(after, () => people.mend(mail))
    else if (chance() < 0.85 && senderOf(world, mail)?.level === 'send_only')
      world.timeline.later(after, () => people.decide(mail))
  }
  for (const sender of world.record.senders) queueMails(stage, sender)
  for (const sender of world.record.senders) letPeopleAct(world, people, script, sender)
}

function queueMails({ world, people, script, onQueued }: Stage, sender: Sender): void {
  const { seed, start, days } = script
  const chance = chanceOf(seed, 'queue', sender.address, sender.workspace)
  const limit = valueAt(sender.limit, world.timeline.moment()) ?? 0
  const until = start + Math.max(0.5, days - 1) * day
  const consumer = limit === 300
  if (consumer) {
    // most of a day's limit in the evening and more than the rest of the 450 the next morning
    const evening = firstAt(valueAt(sender.zone, world.timeline.moment()) ?? 'UTC', start, 17)
    queue(evening, 150, 'bulk')
    queue(evening, 170, 'rejection')
    queue(evening + 6 * hour, 140, 'invitation')
  }
  let left = consumer ? 5 * days : Math.round(limit * days * 1.1)
  while (left > 0) {
    const count = Math.min(left, between(chance, 1, Math.max(2, Math.ceil(limit / (consumer ? 15 : 1.5)))))
    const kind = weighted(
      chance,
      { direct: 14, invitation: 26, approval: 16, bulk: 26, rejection: 18 },
      'bulk',
    )
    const at = between(chance, start, until)
    queue(at, kind === 'direct' ? Math.min(3, count) : count, kind)
    left -= count
  }

  function queue(at: number, count: number, kind: MailKind): void {
    const scheduled = chance() < 0.12 ? at + between(chance, 1, 20) * hour : undefined
    const promised =
      kind === 'rejection' && chance() < 0.3
        ? localTime(valueAt(sender.zone, world.timeline.moment()) ?? 'UTC', at + day).date
        : undefined
    world.timeline.at(at, async () => {
      await people.enqueue(sender, {
        kind,
        count,
        ...(scheduled === undefined ? {} : { notBefore: scheduled }),
        ...(promised === undefined ? {} : { promisedFor: promised }),
      })
      onQueued()
    })
  }
}

/** The first time after an instant at which the clocks of a zone show this hour. */
function firstAt(zone: string, after: number, clock: number): number {
  for (let at = after; ; at += 30 * minute)
    if (Math.floor(localTime(zone, at).minuteOfDay / 60) === clock) return at
}

const deeds = {
  cancel: 10,
  hold: 10,
  front: 8,
  now: 8,
  schedule: 8,
  promise: 6,
  move: 6,
  withdraw: 10,
  lack: 6,
  pause: 5,
  limit: 6,
  zone: 2,
} as const

function letPeopleAct(world: World, people: People, { seed, start, days }: Script, sender: Sender): void {
  const chance = chanceOf(seed, 'deeds', sender.address, sender.workspace)
  const deedCount = Math.max(2, Math.round(2.5 * days))
  for (let n = 0; n < deedCount; n++) {
    const what = weighted(chance, deeds, 'cancel')
    const which = chanceOf(seed, 'which', sender.address, sender.workspace, n)
    world.timeline.at(between(chance, start, start + days * day), () =>
      doOne(world, people, { sender, what, which }),
    )
  }
}

async function doOne(
  world: World,
  people: People,
  { sender, what, which }: { sender: Sender; what: keyof typeof deeds; which: Chance },
): Promise<void> {
  const some = someMails(world, sender, which)
  const { now } = world.timeline
  switch (what) {
    case 'cancel':
    case 'hold':
    case 'front':
    case 'now':
      await people.act(some, { act: what })
      return
    case 'schedule': {
      const at = Temporal.Instant.fromEpochMilliseconds(now + between(which, 1, 30) * hour)
      await people.act(some, { act: 'schedule', at: which() < 0.3 ? undefined : at })
      return
    }
    case 'promise': {
      const today = localTime(valueAt(sender.zone, world.timeline.moment()) ?? 'UTC', now).date
      await people.act(some, {
        act: 'promise',
        date: Temporal.PlainDate.from(today).add({ days: between(which, 0, 1) }),
      })
      return
    }
    case 'move': {
      const others = world.record.senders.filter(
        (one) => one.workspace === sender.workspace && one !== sender,
      )
      const [first, ...rest] = others
      if (first !== undefined) await people.act(some, { act: 'move', to: pick(which, [first, ...rest]).id })
      return
    }
    case 'withdraw':
      for (const mail of some) people.withdraw(mail)
      return
    case 'lack':
      for (const mail of some) people.lack(mail)
      return
    case 'pause':
      await people.pause(sender)
      world.timeline.later(between(which, 10, 300) * minute, () => people.resume(sender))
      return
    case 'limit':
      await people.setLimit(sender, Math.max(1, Math.min(300, between(which, 8, 44))))
      return
    case 'zone':
      // once: what governs a day of which two moves took parts is nobody's promise
      if (sender.zone.length === 1) await people.setZone(sender, pick(which, steadyZones))
  }
}

/** A few mails of the mailbox that have not left, as far as a person can see. */
function someMails(world: World, sender: Sender, which: Chance): Mail[] {
  const moment = world.timeline.moment()
  const gone = new Set(world.provider.log.map((one) => one.marker))
  const here = world.record.mails.filter(
    (mail) =>
      valueAt(mail.mailbox, moment) === sender.id && !gone.has(mail.marker) && mail.cancelled === undefined,
  )
  const wanted = between(which, 1, 4)
  return Array.from(
    { length: Math.min(wanted, here.length) },
    () => here[between(which, 0, here.length - 1)],
  ).filter((mail, i, all): mail is Mail => mail !== undefined && all.indexOf(mail) === i)
}

function senderOf(world: World, mail: Mail): Sender | undefined {
  const id = valueAt(mail.mailbox, world.timeline.moment())
  return id === undefined ? undefined : world.record.sender(id)
}
