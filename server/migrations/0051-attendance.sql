-- Mail servers that push nothing tell over a connection that is kept open (IMAP IDLE). Which process attends a mailbox, and
-- since when its connection tells. A claim holds while its process is known to live and renews it; whoever is killed has
-- its mailboxes free at once, and one that stands still has them free when the claim runs out.

create table mailbox_attendance (
  workspace_id uuid not null,
  mailbox_id   uuid not null,
  attend_id    uuid,        -- proves whose it is; null: nobody's
  holder       integer,     -- what that process is known by
  until_at     timestamptz,
  stands_since timestamptz, -- since then the connection tells
  stood_at     timestamptz, -- when one first stood
  try_at       timestamptz not null default kontor_now(),
  failing_since timestamptz,
  off_reason   text check (off_reason in ('not_offered', 'refused')),
  primary key (workspace_id, mailbox_id),
  foreign key (workspace_id, mailbox_id) references mailbox
);
create index mailbox_attendance_holder on mailbox_attendance (holder) where attend_id is not null;
call kontor_raise_wall('mailbox_attendance');

-- A connection tells of this mailbox now.
create function is_attended(p_mailbox uuid) returns boolean
  language sql stable set search_path = public, pg_temp as $f$
  select coalesce((select a.stands_since is not null and a.until_at > kontor_now() and is_present(a.holder)
    from mailbox_attendance a where a.mailbox_id = p_mailbox), false)
$f$;

-- Mailboxes that nobody attends, of the endpoints where that is possible: ids only, as below.
create function due_attendances(p_endpoints text[], p_limit integer) returns table (workspace_id uuid, mailbox_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select p.workspace_id, p.mailbox_id
  from mailbox_position p
    join mailbox m on m.workspace_id = p.workspace_id and m.id = p.mailbox_id
    left join mailbox_attendance a on a.workspace_id = p.workspace_id and a.mailbox_id = p.mailbox_id
  where m.endpoint = any (p_endpoints)
    and m.level = 'full' and m.disconnected_at is null and m.health in ('active', 'paused', 'throttled')
    and (a.mailbox_id is null or (a.attend_id is null and a.try_at <= kontor_now()))
  order by a.try_at nulls first limit p_limit
$f$;
alter function due_attendances(text[], integer) owner to kontor_definer;

-- Those whose process is gone, or stands still.
create function lost_attendances(p_limit integer) returns table (workspace_id uuid, mailbox_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select a.workspace_id, a.mailbox_id from mailbox_attendance a
  where a.attend_id is not null
    and (a.until_at <= kontor_now() or a.holder not in (
      select l.objid::integer from pg_locks l
      where l.locktype = 'advisory' and l.classid = 27503 and l.objsubid = 2 and l.granted
        and l.database = (select d.oid from pg_database d where d.datname = current_database())))
  limit p_limit
$f$;
alter function lost_attendances(integer) owner to kontor_definer;

-- A living process keeps what it attends; what it may not attend any more is not among the answer.
create function keep_attendances(p_holder integer, p_seconds integer)
  returns table (workspace_id uuid, mailbox_id uuid, attend_id uuid)
  language sql security definer set search_path = public, pg_temp as $f$
  update mailbox_attendance a set until_at = kontor_now() + make_interval(secs => p_seconds)
  from mailbox m
  where a.holder = p_holder and a.attend_id is not null and m.workspace_id = a.workspace_id and m.id = a.mailbox_id
    and m.level = 'full' and m.disconnected_at is null and m.health in ('active', 'paused', 'throttled')
  returning a.workspace_id, a.mailbox_id, a.attend_id
$f$;
alter function keep_attendances(integer, integer) owner to kontor_definer;
