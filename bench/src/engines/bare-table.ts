/**
 * What the machine gives anybody: a table of five columns with one index, whose rows stand there in the order in which they may
 * leave, as if somebody had known caps and ranks beforehand. A claim that does not wait for the disk and a settlement that does.
 */
import pg from 'pg'
import { analyzeFilled } from '../database.ts'
import type { BenchDatabase } from '../database.ts'
import { mails } from '../load.ts'
import type { Engine } from '../load.ts'

const claiming = `update bare set state = 1 where id in
  (select id from bare where state = 0 order by id limit $1 for no key update skip locked) returning id`
const settling = `update bare set state = 2 where id = any($1::int[])`

export function bareTable(database: BenchDatabase, wish: { loops: number; batch: number }): Engine {
  return {
    idiom: `claims of ${wish.batch} from a table without caps, ranks and walls, in an order known beforehand, ${wish.loops} loops`,
    async fill(load) {
      const { admin } = database
      await admin.query(
        'create table bare (id int primary key, state int not null, mailbox int not null, rank int not null, n int not null) with (fillfactor = 50)',
      )
      await admin.query('create index bare_open on bare (id) where state = 0')
      const may = [...Map.groupBy(mails(load), ({ mailbox }) => mailbox).values()].flatMap((of) =>
        of
          .toSorted((a, b) => a.rank - b.rank || a.n - b.n)
          .slice(0, load.cap)
          .map((mail, turn) => ({ ...mail, turn })),
      )
      await admin.query(
        `insert into bare select row_number() over (order by turn, mailbox), 0, mailbox, rank, n
         from json_to_recordset($1::json) as m(mailbox int, rank int, n int, turn int)`,
        [JSON.stringify(may)],
      )
      await analyzeFilled(admin)
    },
    async dispatch(referee, stop) {
      const left: number[] = []
      const claims: number[] = []
      const began = performance.now()
      const loop = async (): Promise<void> => {
        const claimer = await connected(database)
        const settler = await connected(database)
        await claimer.query('set synchronous_commit = off')
        while (!stop.aborted) {
          const start = performance.now()
          const { rows } = await claimer.query<{ id: number }>({
            name: 'claim',
            text: claiming,
            values: [wish.batch],
          })
          claims.push(performance.now() - start)
          const ids = rows.map(({ id }) => id)
          if (ids.length === 0) break
          await settler.query({ name: 'settle', text: settling, values: [ids] })
          left.push(...ids)
        }
        await Promise.all([claimer.end(), settler.end()])
      }
      await Promise.all(Array.from({ length: wish.loops }, loop))
      const seconds = (performance.now() - began) / 1000
      const { rows } = await database.admin.query<{ mailbox: number; rank: number; n: number }>(
        'select mailbox, rank, n from unnest($1::int[]) with ordinality l(id, at) join bare using (id) order by at',
        [left],
      )
      for (const mail of rows) referee.send(mail)
      return { seconds, claims: claims.toSorted((a, b) => a - b) }
    },
  }
}

async function connected({ adminUrl }: BenchDatabase): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  return client
}
