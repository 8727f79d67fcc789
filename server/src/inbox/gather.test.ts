import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { mergeContacts } from '../contacts/merge.ts'
import { testDatabase } from '../testing/database.ts'
import { conversationWith, inboxGround } from '../testing/inbox.ts'
import { gatherMerged } from './gather.ts'

const { database } = await testDatabase()

test('two conversations that became one show the last words, keep the open question, and go on', async () => {
  const at = await inboxGround(database, 'gather')
  const [stays, goes] = [await at.contact('Mia Ford'), await at.contact('Mia F')]
  await at.sent({ contactId: stays, text: 'Join us', kind: 'invitation', at: '2026-01-05T06:00:00Z' })
  await at.sent({ contactId: goes, text: 'Join us too', kind: 'bulk', at: '2026-01-05T06:30:00Z' })
  await at.heard({ contactId: goes, text: 'When?', at: '2026-01-05T07:00:00Z' })
  await at.heard({ contactId: goes, text: 'And where?', at: '2026-01-05T07:10:00Z' })
  await at.inside((tx) => mergeContacts(tx, at, at.anna, { from: goes, into: stays }))
  const merged = at.emitted.filter(({ type }) => type === 'contact.merged')
  expect(merged).toMatchObject([{ subject: stays, payload: { from: goes } }])
  await at.heard({ contactId: stays, text: 'Hello?', at: '2026-01-05T07:20:00Z' })
  const event = { ...merged[0], workspaceId: at.workspaceId, type: 'contact.merged', payload: {} }
  await at.inside((tx) =>
    gatherMerged(at)(tx, { ...event, id: at.ids.uuid(), at: Temporal.Instant.from('2026-01-05T08:00:00Z') }),
  )
  const id = await conversationWith(at, stays)
  const { body } = await at.call(at.anna, 'GET', '/conversations?kind=bulk')
  expect(body['rows']).toMatchObject([{ id, snippet: 'Hello?', teamState: 'needs_reply', unread: true }])
  const { rows } = await at.inside((tx) =>
    sql<{ version: number; turns: number }>`select c.version, max(t.version) as turns from conversation c
      join conversation_turn t on t.conversation_id = c.id where c.id = ${id} group by 1`.execute(tx),
  )
  expect(rows[0]?.version).toBe(rows[0]?.turns)
  const answer = {
    key: 'after-the-merge',
    mailboxId: at.mailboxId,
    text: 'Monday',
    version: rows[0]?.version,
  }
  expect((await at.call(at.ben, 'POST', `/conversations/${id}/answers`, answer)).status).toBe(200)
})
