/**
 * What the machine gives for caps and ranks alone: a mail is a row of seven narrow columns with one index beside its key, a
 * mailbox one row that is lock, cap and alarm clock at once. A mailbox gives one mail at a time, in order, and the next
 * when that one is settled. No walls, no cap that workspaces share, no states that the database guards, no rules in the product.
 */
import pg from 'pg'
import { analyzeFilled } from '../database.ts'
import type { BenchDatabase } from '../database.ts'
import { mails } from '../load.ts'
import type { Engine } from '../load.ts'

const schema = `
  create table narrow_box (id int primary key, cap int not null, used int not null default 0, next_at timestamptz) with (fillfactor = 50);
  create index narrow_due on narrow_box (next_at) where next_at is not null;
  create table narrow_mail (id int generated always as identity primary key, box int not null, rank smallint not null, n int not null,
    state smallint not null default 0, worker text, until timestamptz) with (fillfactor = 70);
  create index narrow_ready on narrow_mail (box, rank, n) where state = 0;
  create function narrow_lease(p_boxes int, p_worker text) returns table (id int, box int, rank smallint, n int)
    language plpgsql set plan_cache_mode = force_generic_plan as $f$
  #variable_conflict use_column
  declare b narrow_box;
  begin
    for b in select x.* from narrow_box x where x.next_at <= now() order by x.next_at limit p_boxes for no key update skip locked loop
      return query update narrow_mail m set state = 1, worker = p_worker, until = now() + interval '2 minutes'
        from (select y.id from narrow_mail y where y.box = b.id and y.state = 0 and b.used < b.cap
          order by y.rank, y.n limit 1 for no key update skip locked) k
        where m.id = k.id returning m.id, m.box, m.rank, m.n;
      update narrow_box x set used = used + found::int, next_at = case when found then now() + interval '2 minutes' end where x.id = b.id;
    end loop;
  end $f$`
const leasing = 'select * from narrow_lease($1, $2)'
const settling = `with settled as (
    update narrow_mail set state = 2, until = null where id = any($1::int[]) and state = 1 and worker = $2 returning box)
  update narrow_box b set next_at = now() from settled where b.id = settled.box`

export function narrow(database: BenchDatabase, wish: { loops: number; batch: number }): Engine {
  return {
    idiom: `leases of ${wish.batch} in narrow tables made for caps and ranks alone, ${wish.loops} loops`,
    async fill(load) {
      const { admin } = database
      await admin.query(schema)
      const all = JSON.stringify([...mails(load)])
      await admin.query(
        `with m as (select * from json_to_recordset($1::json) as m(mailbox int, rank int, n int)),
         box as (insert into narrow_box (id, cap, next_at) select distinct mailbox, $2::int, now() from m)
         insert into narrow_mail (box, rank, n) select mailbox, rank, n from m order by mailbox`,
        [all, load.cap],
      )
      await analyzeFilled(admin)
    },
    async dispatch(referee, stop) {
      const left: { box: number; rank: number; n: number }[] = []
      const claims: number[] = []
      const began = performance.now()
      const loop = async (worker: string): Promise<void> => {
        const leaser = await connected(database)
        const settler = await connected(database)
        await leaser.query('set synchronous_commit = off')
        while (!stop.aborted && left.length < referee.wanted) {
          const start = performance.now()
          const { rows } = await leaser.query<{ id: number; box: number; rank: number; n: number }>({
            name: 'lease',
            text: leasing,
            values: [wish.batch, worker],
          })
          claims.push(performance.now() - start)
          left.push(...rows)
          if (rows.length > 0)
            await settler.query({
              name: 'settle',
              text: settling,
              values: [rows.map(({ id }) => id), worker],
            })
        }
        await Promise.all([leaser.end(), settler.end()])
      }
      await Promise.all(Array.from({ length: wish.loops }, (_, i) => loop(`bench-${i}`)))
      const seconds = (performance.now() - began) / 1000
      for (const { box: mailbox, rank, n } of left) referee.send({ mailbox, rank, n })
      return { seconds, claims: claims.toSorted((a, b) => a - b) }
    },
  }
}

async function connected({ adminUrl }: BenchDatabase): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  return client
}
