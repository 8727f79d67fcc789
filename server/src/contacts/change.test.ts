import { beforeAll, expect, test } from 'vitest'
import { testDatabase, testStart } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { addPasted } from './add-pasted.ts'
import { addContactAddress, changeContact, createContact, deleteContact } from './change.ts'
import type { Contact, ContactDraft } from './contact.ts'
import { bareDraft } from './contact.ts'
import { contactById } from './store.ts'
import { contactPage } from './store-list.ts'
import { isSuppressed, suppress, suppressCaptured } from './suppress.ts'

const { database } = await testDatabase()
let at: Ground
beforeAll(async () => {
  at = await ground(database, { seed: 'contacts' })
})

function draft(name: string, address: string): ContactDraft {
  return { ...bareDraft, name, address }
}

async function created(name: string, address: string): Promise<Contact> {
  const outcome = await at.inside((tx) => createContact(tx, at, draft(name, address)))
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.contact
}

test('a contact is stored as given, its basis with the time it was stated', async () => {
  const outcome = await at.inside((tx) =>
    createContact(tx, at, {
      ...draft('Mia Ford', 'Mia@Ford.example'),
      tags: ['food', "o'clock"],
      basis: 'agreed',
      basisSource: 'fair',
    }),
  )
  expect(outcome).toEqual({
    ok: true,
    contact: {
      ...bareDraft,
      id: expect.any(String),
      name: 'Mia Ford',
      address: 'Mia@Ford.example',
      otherAddresses: [],
      tags: ['food', "o'clock"],
      basis: 'agreed',
      basisSource: 'fair',
      basisAt: Temporal.Instant.from(testStart),
      doNotContact: false,
      createdAt: Temporal.Instant.from(testStart),
    },
  })
})

test('the same address in another spelling is the same contact', async () => {
  const first = await created('Ida', 'ida@one.example')
  const outcome = await at.inside((tx) => createContact(tx, at, draft('Ida again', 'IDA@One.example')))
  expect(outcome).toEqual({ ok: false, refusal: { code: 'contact_known', contactId: first.id } })
})

test('two people who add the same influencer at once get one contact', async () => {
  const outcomes = await Promise.all(
    ['Ole', 'Ole B', 'Ole C', 'Ole D'].map((name) =>
      at.inside((tx) => createContact(tx, at, draft(name, 'ole@race.example'))),
    ),
  )
  const winners = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.contact.id] : []))
  expect(winners).toHaveLength(1)
  expect(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal]))).toEqual(
    Array.from({ length: 3 }, () => ({ code: 'contact_known', contactId: winners[0] })),
  )
})

test.each([
  [draft('Kim', 'kim@'), { code: 'address_invalid', problem: 'domain' }],
  [draft('Kim', 'a@one.example, b@two.example'), { code: 'address_invalid', problem: 'several' }],
  [draft('Kim\r\nBcc: x@y.example', 'kim@one.example'), { code: 'name_invalid' }],
  [draft('Ki\u202Em', 'kim@one.example'), { code: 'name_invalid' }],
])('the contact %j is refused', async (wanted, refusal) => {
  expect(await at.inside((tx) => createContact(tx, at, wanted))).toEqual({ ok: false, refusal })
})

test('a new address replaces the old one, which is free again', async () => {
  const { id } = await created('Lea', 'lea@old.example')
  await at.inside((tx) => changeContact(tx, at, { id, patch: { address: 'lea@new.example' } }))
  const next = await created('Lea Two', 'lea@old.example')
  const changed = await at.inside((tx) => contactById(tx, id))
  expect([changed?.address, changed?.otherAddresses, next.address]).toEqual([
    'lea@new.example',
    [],
    'lea@old.example',
  ])
})

test('an address that the contact has already changes places with the preferred one', async () => {
  const { id } = await created('Noa', 'noa@first.example')
  await at.inside((tx) => addContactAddress(tx, at, { id, address: 'noa@agency.example' }))
  await at.inside((tx) => changeContact(tx, at, { id, patch: { address: 'noa@agency.example' } }))
  const changed = await at.inside((tx) => contactById(tx, id))
  expect([changed?.address, changed?.otherAddresses]).toEqual(['noa@agency.example', ['noa@first.example']])
})

test('a change to an address that belongs to somebody else changes nothing at all', async () => {
  const other = await created('Pia', 'pia@one.example')
  const { id } = await created('Paul', 'paul@one.example')
  const outcome = await at.inside((tx) =>
    changeContact(tx, at, { id, patch: { name: 'Paula', address: 'pia@one.example' } }),
  )
  expect(outcome).toEqual({ ok: false, refusal: { code: 'contact_known', contactId: other.id } })
  const unchanged = await at.inside((tx) => contactById(tx, id))
  expect([unchanged?.name, unchanged?.address]).toEqual(['Paul', 'paul@one.example'])
})

test('a deleted contact is gone from the list, frees its address and tells others once', async () => {
  const { id } = await created('Rob', 'rob@gone.example')
  expect(await at.inside((tx) => deleteContact(tx, at, id))).toBe(true)
  expect(await at.inside((tx) => deleteContact(tx, at, id))).toBe(false)
  expect(await at.inside((tx) => contactById(tx, id))).toBeUndefined()
  expect((await created('Rob', 'rob@gone.example')).id).not.toBe(id)
  expect(at.emitted.filter((event) => event.type === 'contact.deleted' && event.subject === id)).toHaveLength(
    1,
  )
})

test('pasted lines become contacts; known and broken ones are named with their line', async () => {
  const known = await created('Sam', 'sam@known.example')
  const text = 'Tom <tom@paste.example>\nnobody\nsam@known.example\nUma;uma@paste.example;@uma'
  const outcome = await at.inside((tx) => addPasted(tx, at, { text, language: 'de' }))
  expect({
    ...outcome,
    added: outcome.added.map(({ name, address, handle, language }) => [name, address, handle, language]),
  }).toEqual({
    added: [
      ['Tom', 'tom@paste.example', '', 'de'],
      ['Uma', 'uma@paste.example', '@uma', 'de'],
    ],
    known: [{ line: 3, text: 'sam@known.example', contactId: known.id }],
    problems: [{ line: 2, text: 'nobody', code: 'no_address' }],
  })
})

test('pages follow each other by name without a gap and find names, handles and addresses', async () => {
  const other = await ground(database, { seed: 'pages' })
  const lines = [
    'b1@page.example',
    'a1@page.example',
    'A1;a2@page.example;@pct_100%',
    'c1@page.example',
    'B1;b2@page.example',
  ]
  await other.inside((tx) => addPasted(tx, other, { text: lines.join('\n'), language: 'en' }))
  const seen: string[] = []
  let after: { name: string; id: string } | undefined
  do {
    const page = await other.inside((tx) => contactPage(tx, { limit: 2, after }))
    seen.push(...page.rows.map((row) => row.address))
    after = page.next
  } while (after !== undefined)
  expect(seen).toEqual([
    'a1@page.example',
    'a2@page.example',
    'b1@page.example',
    'b2@page.example',
    'c1@page.example',
  ])
  const found = await other.inside((tx) => contactPage(tx, { limit: 9, q: 'T_100%' }))
  expect(found.rows.map((row) => row.address)).toEqual(['a2@page.example'])
  expect((await other.inside((tx) => contactPage(tx, { limit: 9, q: '%' }))).rows).toHaveLength(1)
})

test('another workspace sees nothing of it', async () => {
  const { id } = await created('Una', 'una@wall.example')
  const other = await ground(database, { seed: 'wall' })
  expect(await other.inside((tx) => contactById(tx, id))).toBeUndefined()
  const outcome = await other.inside((tx) => createContact(tx, other, draft('Una', 'una@wall.example')))
  expect(outcome.ok).toBe(true)
})

test('a permanent bounce suppresses the address, a temporary one does not', async () => {
  const { id } = await created('Vic', 'vic@bounce.example')
  await at.inside((tx) =>
    suppressCaptured(at.emit)(tx, {
      workspaceId: at.workspaceId,
      id: at.ids.uuid(),
      type: 'message.captured',
      at: Temporal.Instant.from(testStart),
      payload: {
        kind: 'bounce',
        contactId: id,
        recipients: [
          { address: 'VIC@bounce.example', permanent: true, status: '5.1.1' },
          { address: 'full@bounce.example', permanent: false, status: '4.2.2' },
          'nonsense',
        ],
      },
    }),
  )
  expect(await at.inside((tx) => isSuppressed(tx, 'full@bounce.example'))).toBe(false)
  expect((await at.inside((tx) => contactById(tx, id)))?.suppressed).toBe('bounce')
})

test('a complaint suppresses whoever complained, an answer nobody', async () => {
  const { id } = await created('Xia', 'xia@complaint.example')
  for (const kind of ['reply', 'complaint']) {
    expect((await at.inside((tx) => contactById(tx, id)))?.suppressed).toBeUndefined()
    const { workspaceId } = at
    const about = {
      workspaceId,
      id: at.ids.uuid(),
      type: 'message.captured',
      at: Temporal.Instant.from(testStart),
    }
    await at.inside((tx) =>
      suppressCaptured(at.emit)(tx, { ...about, payload: { kind, contactId: id, recipients: [] } }),
    )
  }
  expect((await at.inside((tx) => contactById(tx, id)))?.suppressed).toBe('complaint')
})

test('the first reason for a suppression stands', async () => {
  const suppression = { addressKey: 'wim@twice.example', evidence: '' }
  const first = await at.inside((tx) => suppress(tx, at, { ...suppression, reason: 'complaint' }))
  const second = await at.inside((tx) => suppress(tx, at, { ...suppression, reason: 'bounce' }))
  const contact = await created('Wim', 'wim@twice.example')
  expect([first, second, contact.suppressed]).toEqual([true, false, 'complaint'])
})
