-- A pull says which process has the mailbox. Every process holds a lock for as long as its connection lives, so that the
-- claims of a killed one are free at once, and not when they run out. Whoever says nothing is believed until then.

alter table mailbox_position add column pull_holder integer; -- what the process is known by; null: it holds no lock

create function is_present(p_key integer) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp as $f$
  select p_key is null or exists (select from pg_locks l
    where l.locktype = 'advisory' and l.classid = 27503 and l.objid = p_key::oid and l.objsubid = 2 and l.granted
      and l.database = (select d.oid from pg_database d where d.datname = current_database()))
$f$;

drop function due_pulls(integer);
create function due_pulls(p_limit integer) returns table (workspace_id uuid, mailbox_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select p.workspace_id, p.mailbox_id from mailbox_position p join mailbox m on m.workspace_id = p.workspace_id and m.id = p.mailbox_id
  where m.level = 'full' and m.disconnected_at is null and m.health in ('active', 'paused', 'throttled')
    and p.due_at <= kontor_now() and (p.pull_until is null or p.pull_until <= kontor_now() or not is_present(p.pull_holder))
  order by p.due_at limit p_limit
$f$;
alter function due_pulls(integer) owner to kontor_definer;
