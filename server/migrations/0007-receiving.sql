-- Where each mailbox's reading stands, what could not be matched yet, and what was set aside with a note.
create table mailbox_position (
  workspace_id uuid not null,
  mailbox_id   uuid not null,
  cursor       text,
  checked_at   timestamptz,
  due_at       timestamptz not null default kontor_now(),
  pull_id      uuid,               -- who pulls now
  pull_until   timestamptz,
  dirty        boolean not null default false, -- a notification came during the running pull
  failing_since timestamptz,
  rescan_from  timestamptz,        -- a bounded rescan is under way
  rescan_page  text,
  rescan_recovered integer not null default 0,
  primary key (workspace_id, mailbox_id),
  foreign key (workspace_id, mailbox_id) references mailbox
);
call kontor_raise_wall('mailbox_position');

-- Identifiers that matched nothing: tried again for seven days, because an answer may arrive before our record settles.
create table unmatched_identifier (
  workspace_id uuid not null,
  mailbox_id   uuid not null,
  provider_message_id text not null,
  provider_thread_id  text,
  seen_at      timestamptz not null default kontor_now(),
  primary key (workspace_id, mailbox_id, provider_message_id),
  foreign key (workspace_id, mailbox_id) references mailbox
);
create index unmatched_identifier_thread on unmatched_identifier (workspace_id, mailbox_id, provider_thread_id);
call kontor_raise_wall('unmatched_identifier');

-- A message of ours that could not be read: tried again, visible, blocks nothing.
create table set_aside (
  workspace_id uuid not null,
  mailbox_id   uuid not null,
  provider_message_id text not null,
  provider_thread_id  text,
  tries        integer not null default 1,
  failure      text not null,
  next_at      timestamptz,
  first_at     timestamptz not null default kontor_now(),
  settled_at   timestamptz,
  primary key (workspace_id, mailbox_id, provider_message_id),
  foreign key (workspace_id, mailbox_id) references mailbox
);
call kontor_raise_wall('set_aside');

create table outage_report (
  workspace_id uuid not null,
  id           uuid not null,
  mailbox_id   uuid not null,
  from_at      timestamptz not null,
  to_at        timestamptz not null,
  recovered    integer not null,
  complete     boolean not null,
  reason       text,
  created_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references mailbox
);
call kontor_raise_wall('outage_report');

-- Mailboxes whose pull is due, across workspaces: ids only.
create function due_pulls(p_limit integer) returns table (workspace_id uuid, mailbox_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select p.workspace_id, p.mailbox_id from mailbox_position p join mailbox m on m.workspace_id = p.workspace_id and m.id = p.mailbox_id
  where m.level = 'full' and m.disconnected_at is null and m.health in ('active', 'paused', 'throttled')
    and p.due_at <= kontor_now() and (p.pull_until is null or p.pull_until <= kontor_now())
  order by p.due_at limit p_limit
$f$;
alter function due_pulls(integer) owner to kontor_definer;
create index mailbox_position_due on mailbox_position (due_at);
