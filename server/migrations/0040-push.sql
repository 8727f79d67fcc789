-- Providers tell that something came. A notice is a doorbell and nothing more: it makes a mailbox due, and what came is
-- found as by any other look. What is watched, and where a look stands that a notice asked for.

alter table mailbox_position
  add column rung_at    timestamptz, -- the last notice
  add column missed_at  timestamptz, -- a look found what no notice had told of
  add column found_at   timestamptz, -- something last came, or left
  add column owed_looks smallint not null default 0, -- looks that a notice still asks for: it may come before what it tells of
  add column wait_until timestamptz; -- the provider's word; a notice does not break it

create table mailbox_watch (
  workspace_id uuid not null,
  mailbox_id   uuid not null,
  endpoint     text not null,
  handle       text,        -- what the provider calls it; empty where the mailbox itself is watched, null: nothing is
  secret_hash  bytea,       -- of what comes back with every notice (SHA-256)
  until_at     timestamptz, -- how long the provider will tell
  renew_at     timestamptz not null default kontor_now(),
  failing_since timestamptz,
  off_reason   text check (off_reason in ('no_public_address', 'not_set_up', 'not_offered', 'refused')),
  primary key (workspace_id, mailbox_id),
  foreign key (workspace_id, mailbox_id) references mailbox
);
create index mailbox_watch_handle on mailbox_watch (endpoint, handle) where handle is not null;
create index mailbox_watch_renew on mailbox_watch (renew_at);
call kontor_raise_wall('mailbox_watch');

-- Mailboxes that are read and whose watch is due, across workspaces: ids only.
create function due_watches(p_limit integer) returns table (workspace_id uuid, mailbox_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select p.workspace_id, p.mailbox_id
  from mailbox_position p
    join mailbox m on m.workspace_id = p.workspace_id and m.id = p.mailbox_id
    left join mailbox_watch w on w.workspace_id = p.workspace_id and w.mailbox_id = p.mailbox_id
  where m.level = 'full' and m.disconnected_at is null and m.health in ('active', 'paused', 'throttled')
    and (w.mailbox_id is null or w.renew_at <= kontor_now())
  order by w.renew_at nulls first limit p_limit
$f$;
alter function due_watches(integer) owner to kontor_definer;

-- Whoever knocks names an address or a watch, never a workspace: ids only, and the hash that the knock must prove.
create function mailboxes_at(p_endpoint text, p_address_key text) returns table (workspace_id uuid, mailbox_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select m.workspace_id, m.id from mailbox m
  where m.endpoint = p_endpoint and m.address_key = p_address_key and m.level = 'full' and m.disconnected_at is null
$f$;
alter function mailboxes_at(text, text) owner to kontor_definer;

create function watch_of_handle(p_endpoint text, p_handle text)
  returns table (workspace_id uuid, mailbox_id uuid, secret_hash bytea)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select w.workspace_id, w.mailbox_id, w.secret_hash from mailbox_watch w
  where w.endpoint = p_endpoint and w.handle = p_handle and w.secret_hash is not null
$f$;
alter function watch_of_handle(text, text) owner to kontor_definer;
