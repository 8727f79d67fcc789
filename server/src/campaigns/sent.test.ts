import { expect, test } from 'vitest'
import { changeContact, suppressCaptured } from '../contacts/index.ts'
import { parseMessage } from '../mail/index.ts'
import { silentLog } from '../platform/log/index.ts'
import { dispatch } from '../testing/dispatch.ts'
import type { CampaignGround } from '../testing/campaign.ts'
import { groundCampaign, groundMembers, mailsTo, stateOf } from '../testing/campaign.ts'
import { steppedClock } from '../testing/clock.ts'
import { testDatabase, testStart } from '../testing/database.ts'
import { ground } from '../testing/ground.ts'
import { leaseAll } from '../testing/outbox.ts'
import { sendingProvider } from '../testing/sending-provider.ts'
import { campaignAuthor } from './author.ts'
import { sendInvitations } from './launch.ts'
import { noteInvited } from './listen.ts'
import { moveMember } from './store-member.ts'

const { database } = await testDatabase()

const provider = (taken: Uint8Array[]) =>
  sendingProvider((raw) => {
    taken.push(raw)
    return Promise.resolve({ ok: true, value: { providerMessageId: `m${taken.length}` } })
  })

/** Everything that may leave now goes through the real lease, truth check, rendering and settlement. */
async function leave(on: CampaignGround): Promise<readonly Uint8Array[]> {
  const taken: Uint8Array[] = []
  const parts = {
    database,
    emit: on.at.emit,
    ids: on.at.ids,
    log: silentLog,
    clock: steppedClock(),
    authors: [campaignAuthor(on.parts)],
    openMailbox: () => Promise.resolve({ ok: true as const, value: provider(taken) }),
  }
  await leaseAll(database, 'test', (lease) => dispatch(parts, lease))
  for (const event of on.at.emitted.filter(({ type }) => type === 'submission.accepted')) {
    const delivered = { ...event, id: on.at.ids.uuid(), at: Temporal.Instant.from(testStart) }
    await on.at.inside((tx) => noteInvited(on.at.emit)(tx, delivered))
  }
  return taken
}

test('of four invitations the one that is still wanted leaves, and the others say why not', async () => {
  const on = await groundCampaign(await ground(database, { seed: 'sent' }))
  const members = await groundMembers(on, ['Ann Wanted', 'Bob Declined', 'Cyn Bounced', 'Don Moved'])
  const [ann, bob, cyn, don] = members
  if (ann === undefined || bob === undefined || cyn === undefined || don === undefined)
    throw new Error('members')
  const wish = { ...on, key: 'four-people', memberIds: members.map((member) => member.id) }
  await on.at.inside((tx) => sendInvitations(on.parts, tx, wish))
  const recipients = [{ address: 'cyn.bounced@people.practice.example', permanent: true, status: '5.1.1' }]
  const bounce = {
    workspaceId: on.at.workspaceId,
    id: on.at.ids.uuid(),
    type: 'message.captured',
    at: Temporal.Instant.from(testStart),
    payload: { kind: 'bounce', contactId: cyn.contactId, recipients },
  }
  await on.at.inside(async (tx) => {
    await moveMember(tx, bob.id, 'declined')
    await suppressCaptured(on.at.emit)(tx, bounce)
    await changeContact(tx, on.at, {
      id: don.contactId,
      patch: { address: 'don.new@people.practice.example' },
    })
  })
  const taken = await leave(on)
  expect(await Promise.all(members.map((member) => mailsTo(on.at, member.id)))).toEqual([
    ['invitation accepted'],
    ['invitation suppressed declined'],
    ['invitation suppressed suppressed'],
    ['invitation held address_changed'],
  ])
  expect(await Promise.all(members.map((member) => stateOf(on.at, member.id)))).toEqual([
    'invited',
    'declined',
    'added',
    'added',
  ])
  expect(taken).toHaveLength(1)
  const message = await parseMessage(taken[0] ?? new Uint8Array())
  expect([message.subject, message.to.map(({ address }) => address)]).toEqual([
    'Working together on Spring Breads?',
    ['ann.wanted@people.practice.example'],
  ])
  expect(message.text).toContain(`http://127.0.0.1:3210/b/${ann.token}`)
  expect(message.html).toContain('View the brief</a>')
})
