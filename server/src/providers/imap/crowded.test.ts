/** A mail server that allows few connections, and a mailbox that would keep one open: nothing may be lost over it. */
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { wallClock } from '../../platform/clock/index.ts'
import { startAttending, startReceiving } from '../../receiving/jobs.ts'
import { attendChannel } from '../../receiving/store-attendance.ts'
import { testDatabase } from '../../testing/database.ts'
import { hasDovecot } from '../../testing/dovecot.ts'
import { ground } from '../../testing/ground.ts'
import { groundContact } from '../../testing/outbox.ts'
import { answerTo, readMailbox } from '../../testing/receiving.ts'
import { startDovecotWorld } from './dovecot.fixture.ts'
import { imapAdapter, imapEndpoint } from './index.ts'

const db = await testDatabase()
const address = 'anna@kontor.example'

describe.skipIf(!hasDovecot())('at Dovecot', () => {
  test('with room for one connection of a person the kept one is given up, and every answer is found by looking', async () => {
    await using world = await startDovecotWorld({ most: { ofOne: 1 } }, () => db.now())
    await world.account(address)
    const at = await ground(db.database, { seed: 'imap-crowded' })
    const mia = await groundContact(at, 'Mia Ford')
    const s = await readMailbox(db, at, {
      address,
      contactId: mia,
      provider: await opened(),
    })
    await s.sendOne('a')
    await s.pull()
    const sent = (await world.dovecot.sent(address)).at(-1) ?? ''
    const endpoint = { ...imapEndpoint(), key: 'practice-google' }
    const adapter = imapAdapter({
      endpoint,
      places: world.places,
      clock: s.clock,
      productNow: () => db.now(),
    })
    await using stack = new AsyncDisposableStack()
    stack.use(
      startAttending({
        ...s.receiving,
        mostAttended: 1,
        endpoints: { all: () => Promise.resolve([endpoint]), adapter: () => adapter },
      }),
    )
    const attendance = async () => {
      const { rows } = await at.inside((tx) =>
        sql<{ off: string | null; standing: boolean; held: boolean }>`select off_reason as off,
            stands_since is not null as standing, attend_id is not null as held
          from mailbox_attendance where mailbox_id = ${s.mailboxId}`.execute(tx),
      )
      return rows[0]
    }
    const wake = () => db.database.call((own) => sql`select pg_notify(${attendChannel}, '')`.execute(own))
    for (;;) {
      const found = await attendance()
      if (found?.standing === true) break
      // the connection of the last look is closed only a little later, and until then there is no room
      if (found?.held === false) await db.step({ minutes: 20 })
      await wake()
    }
    await world.dovecot.deliver(address, answerTo(sent, address, 'In spite of it.'))
    stack.use(startReceiving({ ...s.receiving, clock: wallClock }, { concurrency: 1 }))
    while ((await attendance())?.off !== 'crowded') await attendance()
    for (let captured = 0; captured === 0; captured = (await s.captured()).length)
      await db.step({ seconds: 10 })
    expect((await s.captured()).map((one) => one.text)).toEqual(['In spite of it.'])
    expect(await world.dovecot.log()).toContain('mail_max_userip_connections=1')

    async function opened() {
      const { provider, traits } = await world.signedIn(address, 'Anna Keller', 'full')
      return { ...provider, traits }
    }
  })
})
