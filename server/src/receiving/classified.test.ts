import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { suppressCaptured } from '../contacts/index.ts'
import { openSuggestions } from '../correspondence/index.ts'
import { testDatabase } from '../testing/database.ts'
import type { Ground } from '../testing/ground.ts'
import { ground } from '../testing/ground.ts'
import { addressOf, groundContact } from '../testing/outbox.ts'
import type { Scene, Sent } from '../testing/receiving.ts'
import { answerTo, headerOf, receivingScene } from '../testing/receiving.ts'

const db = await testDatabase()
let at: Ground
let mia: string
beforeAll(async () => {
  at = await ground(db.database, { seed: 'classified' })
  mia = await groundContact(at, 'Mia Ford')
})

const scene = (name: string) => receivingScene(db, at, { name, contactId: mia })
const anna = (s: Scene) => s.address
const daemon = 'Mail Delivery Subsystem <mailer-daemon@people.practice.example>'

/** A report by the standard, about one recipient; `returned` are header lines of the message it gives back. */
function report(
  s: Scene,
  {
    recipient = addressOf('Mia Ford'),
    status = '5.1.1',
    returned,
    headers = {},
  }: {
    recipient?: string
    status?: string
    returned: readonly string[]
    headers?: Readonly<Record<string, string>>
  },
): string {
  const fields = {
    From: daemon,
    To: anna(s),
    Subject: 'Delivery Status Notification (Failure)',
    'Message-ID': `<dsn-${status}-${recipient}>`,
    'Auto-Submitted': 'auto-replied',
    'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
    ...headers,
  }
  return [
    ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'It could not be delivered.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.people.practice.example',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${status.startsWith('5') ? 'failed' : 'delayed'}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 550 ${status} mailbox unavailable`,
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    ...returned,
    '--b--',
    '',
  ].join('\r\n')
}

const namesToken = (sent: Sent) => ['Subject: x', `References: ${headerOf(sent.raw, 'References')}`]
const inThread = (sent: Sent) => ({ References: headerOf(sent.raw, 'Message-ID') })

async function stored(s: Scene): Promise<{ kind: string; kind_evidence: string[]; bounce: unknown }[]> {
  const { rows } = await at.inside((tx) =>
    sql<{ kind: string; kind_evidence: string[]; bounce: unknown }>`
      select kind, kind_evidence, bounce from message where mailbox_id = ${s.mailboxId} and kind <> 'mail' order by id`.execute(
      tx,
    ),
  )
  return rows
}

async function barred(): Promise<string[]> {
  for (const event of at.emitted.splice(0)) {
    if (event.type !== 'message.captured') continue
    await at.inside((tx) =>
      suppressCaptured(at.emit)(tx, {
        ...event,
        id: at.ids.uuid(),
        at: Temporal.Instant.fromEpochMilliseconds(0),
      }),
    )
  }
  const { rows } = await at.inside((tx) =>
    sql<{
      line: string
    }>`delete from suppression returning concat_ws(' ', address_key, reason, evidence) as line`.execute(tx),
  )
  return rows.map((row) => row.line)
}

test('a permanent bounce that gives our token back is stored with recipient and reason, and bars the address', async () => {
  const s = await scene('bounced')
  const sent = await s.send('a')
  await barred()
  s.outside.deliver(s.address, report(s, { returned: namesToken(sent), headers: inThread(sent) }))
  await s.pull()
  expect(await stored(s)).toEqual([
    {
      kind: 'bounce',
      kind_evidence: ['report-type=delivery-status', 'message/delivery-status'],
      bounce: {
        recipients: [
          {
            address: addressOf('Mia Ford'),
            permanent: true,
            status: '5.1.1',
            why: '550 5.1.1 mailbox unavailable',
            ours: true,
          },
        ],
      },
    },
  ])
  expect(await barred()).toEqual([`${addressOf('Mia Ford')} bounce 5.1.1 550 5.1.1 mailbox unavailable`])
})

test('a temporary bounce is shown and bars nobody', async () => {
  const s = await scene('delayed')
  const sent = await s.send('a')
  await barred()
  const delayed = report(s, { status: '4.2.2', returned: namesToken(sent), headers: inThread(sent) })
  s.outside.deliver(s.address, delayed)
  await s.pull()
  expect((await stored(s)).map((one) => one.kind)).toEqual(['bounce'])
  expect(await barred()).toEqual([])
})

test.each(['5.4.5', '5.7.233'])(
  'a report that our own mailbox may not send, %s, is shown as such and bars nobody',
  async (status) => {
    const s = await scene(`blamed-${status.replaceAll('.', '-')}`)
    const sent = await s.send('a')
    await barred()
    s.outside.deliver(s.address, report(s, { status, returned: namesToken(sent), headers: inThread(sent) }))
    await s.pull()
    const told = at.emitted.filter(({ type }) => type === 'message.captured').map(({ payload }) => payload)
    expect(await stored(s)).toMatchObject([
      {
        kind: 'bounce',
        bounce: { recipients: [{ permanent: false, blamesSender: true, status, ours: true }] },
      },
    ])
    expect(told).toMatchObject([{ mailboxId: s.mailboxId, recipients: [{ blamesSender: true }] }])
    expect(await barred()).toEqual([])
  },
)

test('a report about somebody to whom we never wrote bars nobody, though it names our mail', async () => {
  const s = await scene('rival')
  const sent = await s.send('a')
  await barred()
  const spoofed = report(s, {
    recipient: 'rival@people.practice.example',
    returned: namesToken(sent),
    headers: inThread(sent),
  })
  s.outside.deliver(s.address, spoofed)
  await s.pull()
  expect((await stored(s)).map((one) => one.kind)).toEqual(['bounce'])
  expect(await barred()).toEqual([])
})

test('a report that got into our thread without naming a mail of ours is no bounce and bars nobody', async () => {
  const s = await scene('spoofed')
  const sent = await s.send('a')
  s.outside.deliver(
    s.address,
    answerTo(sent.raw, s.address, 'A question', { 'Message-ID': '<question@people.practice.example>' }),
  )
  await s.pull()
  await barred()
  const spoofed = report(s, {
    returned: ['Message-ID: <invented@elsewhere.example>'],
    headers: { References: '<question@people.practice.example>' },
  })
  s.outside.deliver(s.address, spoofed)
  await s.pull()
  expect((await stored(s)).map((one) => [one.kind, one.kind_evidence[0]])).toEqual([
    ['reply', 'in-reply-to'],
    ['auto_reply', 'a report that names no email of ours'],
  ])
  expect(await barred()).toEqual([])
})

test('a spam complaint about our mail bars the one it comes from, with its type as evidence', async () => {
  const s = await scene('complaint')
  const sent = await s.send('a')
  await barred()
  const complaint = [
    `From: feedback@people.practice.example`,
    `To: ${s.address}`,
    'Subject: complaint',
    'Message-ID: <arf@people.practice.example>',
    `References: ${headerOf(sent.raw, 'Message-ID')}`,
    'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
    '',
    '--b',
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: abuse',
    'User-Agent: practice/1',
    'Version: 1',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    ...namesToken(sent),
    '--b--',
    '',
  ].join('\r\n')
  s.outside.deliver(s.address, complaint)
  await s.pull()
  expect((await stored(s)).map((one) => one.kind)).toEqual(['complaint'])
  expect(await barred()).toEqual([`${addressOf('Mia Ford')} complaint abuse`])
})

test('an automatic reply is none that counts, and the header that says so is kept', async () => {
  const s = await scene('away')
  const sent = await s.send('a')
  s.outside.deliver(
    s.address,
    answerTo(sent.raw, s.address, 'No, thanks. I am away.', { 'Auto-Submitted': 'auto-replied' }),
  )
  await s.pull()
  expect((await stored(s)).map((one) => [one.kind, one.kind_evidence])).toEqual([
    ['auto_reply', ['auto-submitted: auto-replied']],
  ])
  expect(await suggested()).toEqual([])
})

async function suggested(): Promise<string[]> {
  const open = await at.inside((tx) => openSuggestions(tx, { contactId: mia, campaignId: undefined }))
  await at.inside((tx) => sql`delete from suggestion`.execute(tx))
  return open.map((one) => `${one.kind}: ${one.evidence}`)
}

test('a plain no in an answer is suggested, with the sentence that says so', async () => {
  const s = await scene('declines')
  const sent = await s.send('a')
  await suggested()
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Hallo Anna,\r\n\r\nnein, danke. LG'))
  await s.pull()
  expect(await suggested()).toEqual(['declined: nein, danke.'])
})

test('a no that stands in the quoted history suggests nothing', async () => {
  const s = await scene('quoted-no')
  const sent = await s.send('a')
  await suggested()
  s.outside.deliver(
    s.address,
    answerTo(sent.raw, s.address, 'Ja, gern.\r\n\r\nAm 05.01.26 um 09:00 schrieb Anna:\r\n> Nein, danke.'),
  )
  await s.pull()
  expect(await suggested()).toEqual([])
})

test('a message that was moved to another folder while it was read is stored once, under its new id', async () => {
  const s = await scene('moved')
  const sent = await s.send('a')
  const answer = answerTo(sent.raw, s.address, 'Moved.')
  s.outside.deliver(s.address, answer)
  await s.pull()
  const { providerMessageId } = s.outside.deliver(s.address, answer)
  await s.pull()
  const { rows } = await at.inside((tx) =>
    sql<{ provider_message_id: string }>`
      select provider_message_id from message where mailbox_id = ${s.mailboxId} and kind = 'reply'`.execute(
      tx,
    ),
  )
  expect(rows).toEqual([{ provider_message_id: providerMessageId }])
})

test('a message that went to another folder and came back is stored once, under the id that it has now', async () => {
  const s = await scene('there-and-back')
  const sent = await s.send('a')
  const answer = answerTo(sent.raw, s.address, 'There and back.')
  let id = ''
  for (let folders = 0; folders < 3; folders++) {
    id = s.outside.deliver(s.address, answer).providerMessageId
    await s.pull()
  }
  const { rows } = await at.inside((tx) =>
    sql<{ provider_message_id: string }>`
      select provider_message_id from message where mailbox_id = ${s.mailboxId} and kind = 'reply'`.execute(
      tx,
    ),
  )
  expect(rows).toEqual([{ provider_message_id: id }])
})

test('a message that is gone before it can be read is asked for three times and then forgotten', async () => {
  const s = await scene('gone')
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Gone.'))
  s.outside.fault(s.address, { call: 'raw', effect: { kind: 'not_found', diagnostic: '' }, times: 4 })
  const waits = async () => {
    const { rows } = await at.inside((tx) =>
      sql<{
        open: boolean
      }>`select settled_at is null as open from set_aside where mailbox_id = ${s.mailboxId}`.execute(tx),
    )
    return rows.map((row) => row.open)
  }
  await s.pull()
  expect(await waits()).toEqual([true])
  for (const minutes of [1, 3, 11]) {
    await db.step({ minutes })
    await s.pull()
  }
  expect(await waits()).toEqual([false])
  await db.step({ hours: 7 * 24 + 1 })
  await s.pull()
  expect(await waits()).toEqual([])
})

test('a notification that comes before the message can be given is not lost', async () => {
  const s = await scene('not-yet')
  const sent = await s.send('a')
  s.outside.deliver(s.address, answerTo(sent.raw, s.address, 'Here now.'))
  s.outside.fault(s.address, { call: 'raw', effect: { kind: 'not_found', diagnostic: '' } })
  await s.pull()
  await db.step({ seconds: 31 })
  await s.pull()
  expect((await s.captured()).map((one) => one.text)).toEqual(['Here now.'])
})
