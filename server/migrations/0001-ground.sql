-- The ground that every domain stands on: the clock, the walls between workspaces, events, blobs, server settings.
-- Roles exist before this file runs (the migrator makes them): kontor_owner owns every object and runs this file,
-- kontor_app signs in and is bound by row-level security, kontor_definer owns the few functions that must look
-- across workspaces (lease, expire, cap, token look-up, search) and cannot sign in.

-- The product's clock is the database's, plus an offset that only a steppable installation may set. Tests and stories
-- also stop it, so that every instant they see is one they named.
create table clock_offset (
  only_row   boolean primary key default true check (only_row),
  steppable  boolean not null default false,
  stopped_at timestamptz check (stopped_at is null or steppable),
  value      interval not null default '0'
);
insert into clock_offset default values;
grant select on clock_offset to kontor_app, kontor_definer;
grant update on clock_offset to kontor_definer;

create function kontor_now() returns timestamptz language sql stable parallel safe
  return (select coalesce(o.stopped_at, statement_timestamp()) + o.value from clock_offset o);

create function kontor_step_clock(p_by interval) returns timestamptz language plpgsql security definer
  set search_path = public, pg_temp as $f$
begin
  update clock_offset set value = value + p_by where steppable;
  if not found then
    raise exception 'the clock of this installation cannot be stepped' using errcode = 'insufficient_privilege';
  end if;
  perform pg_notify('kontor_outbox', ''), pg_notify('kontor_pull', '');
  return (select coalesce(o.stopped_at, statement_timestamp()) + o.value from clock_offset o);
end $f$;
alter function kontor_step_clock(interval) owner to kontor_definer;

-- The workspace of the running transaction; null outside one, so that no row is visible by accident.
create function kontor_workspace() returns uuid language sql stable parallel safe
  return nullif(current_setting('kontor.workspace', true), '')::uuid;

-- Row-level security, enabled and forced, for one table that carries workspace_id.
create procedure kontor_raise_wall(p_table regclass) language plpgsql as $p$
begin
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  execute format('create policy wall on %s to kontor_app using (workspace_id = (select kontor_workspace())) with check (workspace_id = (select kontor_workspace()))', p_table);
  execute format('create policy across on %s to kontor_definer using (true) with check (true)', p_table);
  execute format('grant select, insert, update, delete on %s to kontor_app, kontor_definer', p_table);
end $p$;

create table server_setting (
  key        text primary key,
  value      jsonb not null,
  updated_at timestamptz not null default kontor_now()
);
grant select, insert, update, delete on server_setting to kontor_app;

-- Something that happened, written in the transaction of what it tells of. Read as the live feed by (xid, seq) up to
-- the snapshot's xmin, so that a slow transaction is never jumped over.
create table event (
  workspace_id uuid not null,
  id           uuid not null,
  seq          bigint not null generated always as identity,
  xid          xid8 not null default pg_current_xact_id(),
  type         text not null,
  subject      uuid,
  payload      jsonb not null default '{}',
  at           timestamptz not null default kontor_now(),
  primary key (workspace_id, id)
) partition by range (id);
create table event_default partition of event default;
create index event_feed on event (workspace_id, xid, seq);
call kontor_raise_wall('event');

-- One row per (event, handler): at least once becomes once.
create table event_delivery (
  workspace_id uuid not null,
  event_id     uuid not null,
  handler      text not null,
  delivered_at timestamptz not null default kontor_now(),
  primary key (workspace_id, event_id, handler)
);
call kontor_raise_wall('event_delivery');

create table blob (
  workspace_id uuid not null,
  sha256       bytea not null check (octet_length(sha256) = 32),
  size         bigint not null,
  created_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, sha256)
);
call kontor_raise_wall('blob');

create table blob_chunk (
  workspace_id uuid not null,
  sha256       bytea not null,
  n            integer not null check (n >= 0),
  content      bytea not null check (octet_length(content) <= 262144),
  primary key (workspace_id, sha256, n),
  foreign key (workspace_id, sha256) references blob on delete cascade
);
alter table blob_chunk alter column content set storage external;
call kontor_raise_wall('blob_chunk');
