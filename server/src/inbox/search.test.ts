import { beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import pg from 'pg'
import { testDatabase } from '../testing/database.ts'
import type { InboxGround } from '../testing/inbox.ts'
import { conversationWith, inboxGround } from '../testing/inbox.ts'

const { database, adminUrl } = await testDatabase()
let at: InboxGround
const people = new Map<string, string>()
beforeAll(async () => {
  at = await inboxGround(database, 'search')
  const letters: [name: string, subject: string, text: string][] = [
    [
      'Hana Sato',
      'コラボのご相談',
      'お世話になっております。春のキャンペーンの契約書を確認しました。東京で撮影できます。',
    ],
    ['Jörg Müller', 'Grüße', 'Ich wohne in der Schloßstraße 5 und freue mich über Ihr Angebot.'],
    ['Zoë Østergård', 'Re: Contract', 'I have signed the contract. Could we talk about fees tomorrow?'],
    ['Minji Kim', '협업 문의', '표준계약서를 보내 주세요.'],
    ['Somchai', 'สวัสดี', 'ผมสนใจแคมเปญนี้มาก'],
  ]
  for (const [name, subject, text] of letters) {
    const contactId = await at.contact(name)
    await at.heard({ contactId, subject, text })
    people.set(await conversationWith(at, contactId), name)
  }
})

async function found(q: string): Promise<string[]> {
  const ids = await at.listed(at.anna, `?q=${encodeURIComponent(q)}`)
  return ids.map((id) => people.get(id) ?? '').toSorted()
}

test.each([
  ['契約', ['Hana Sato']],
  ['契約書', ['Hana Sato']],
  ['京', ['Hana Sato']],
  ['きゃんぺーん', []],
  ['ｷｬﾝﾍﾟｰﾝ', ['Hana Sato']],
  ['契約 撮影', ['Hana Sato']],
  ['計約', []],
  ['계약', ['Minji Kim']],
  ['แคมเปญ', ['Somchai']],
])('scripts without spaces: “%s” finds %j', async (q, names) => {
  expect(await found(q)).toEqual(names)
})

test.each([
  ['Schlossstrasse', ['Jörg Müller']],
  ['schloßstr', ['Jörg Müller']],
  ['Mueller', ['Jörg Müller']],
  ['muller', ['Jörg Müller']],
  ['MÜLLER', ['Jörg Müller']],
  ['Mu\u0308ller', ['Jörg Müller']],
  ['Gruesse', ['Jörg Müller']],
  ['ostergard', ['Zoë Østergård']],
  ['zoe contract', ['Zoë Østergård']],
  ['contr', ['Zoë Østergård']],
  ['ontract', []],
  ['contract angebot', []],
])('languages with spaces: “%s” finds %j', async (q, names) => {
  expect(await found(q)).toEqual(names)
})

test.each(["'", "it's & | ! ( ) :* \\", '***', '   ', '\u0301', "contract':*"])(
  'signs of the query language are letters or nothing: %j',
  async (q) => {
    const { status } = await at.call(at.anna, 'GET', `/conversations?q=${encodeURIComponent(q)}`)
    expect(status).toBe(200)
  },
)

test('an address and a note are found, a renamed influencer under the new name', async () => {
  const contactId = await at.contact('Lena Berger')
  await at.heard({ contactId, text: 'Yes', from: 'lena@studio-nine.example' })
  const id = await conversationWith(at, contactId)
  people.set(id, 'Lena Berger')
  await at.call(at.ben, 'POST', `/conversations/${id}/notes`, { text: 'Budget approved by Katharina' })
  expect(await found('studio-nine.example')).toEqual(['Lena Berger'])
  expect(await found('katharina')).toEqual(['Lena Berger'])
  await at.inside((tx) => sql`update contact set name = 'Lena Winter' where id = ${contactId}`.execute(tx))
  expect(await found('winter')).toEqual(['Lena Berger'])
})

test('what lies in a mailbox of named members is not found by others, and no other workspace is looked into', async () => {
  const mailboxId = at.ids.uuid()
  await at.inside((tx) =>
    sql`insert into mailbox (workspace_id, id, endpoint, provider, practice, level, address, address_key, owner_id, sharing, zone)
      values (${at.workspaceId}, ${mailboxId}, 'practice-google', 'gmail', true, 'full', 'p@x.example', 'p@x.example', ${at.anna.personId}, 'named', 'UTC')`.execute(
      tx,
    ),
  )
  const contactId = await at.contact('Quiet Quinn')
  await at.heard({ contactId, mailboxId, text: 'The password is xylophone' })
  expect(await at.listed(at.anna, '?q=xylophone')).toHaveLength(1)
  expect(await at.listed(at.ben, '?q=xylophone')).toEqual([])
  const elsewhere = await inboxGround(database, 'search-elsewhere')
  expect(await elsewhere.listed(elsewhere.anna, '?q=xylophone')).toEqual([])
})

test('the search walks its index', async () => {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('set enable_seqscan = off')
    await client.query('set role kontor_definer')
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain select 1 from message where words @@ search_query($1, 'zzz')`,
      [at.workspaceId],
    )
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Bitmap Index Scan on message_words/)
  } finally {
    await client.end()
  }
})

test('plain English text, which takes a shorter way, has the very words that any text has', async () => {
  const spoken = Array.from({ length: 127 }, (_, n) => `ab${String.fromCharCode(n + 1)}Cd`)
  const texts = [
    ...spoken,
    spoken.join(' '),
    ' ',
    'Aug. 3rd, 50% off: https://brand.example/a?b=c_d&e',
    'x'.repeat(70),
  ]
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  const words = async (suffix: string) =>
    (
      await client.query<{ words: string[] }>(
        `select tsvector_to_array(search_words('00000000-0000-7000-8000-000000000001', t || $2)) as words from unnest($1::text[]) t`,
        [texts, suffix],
      )
    ).rows.map((row) => row.words.filter((word) => word !== 'zze').toSorted())
  // one accent keeps a text off the shorter way
  expect(await words(' ')).toEqual(await words(' zz\u00e9'))
  await client.end()
})
