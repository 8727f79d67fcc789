-- People, how they sign in, and the workspaces they work in. person, session, account, verification and rate_limit
-- belong to better-auth (mapped to these names); they stay outside row-level security because a person signs in
-- before any workspace is known, and are reached only through team/store.
create table person (
  id             uuid primary key,
  name           text not null,
  address        text not null,
  address_key    text not null unique,
  address_verified boolean not null default false,
  image          text,
  language       text not null default 'en' check (language in ('en', 'de')),
  created_at     timestamptz not null default current_timestamp,
  updated_at     timestamptz not null default current_timestamp
);
create table session (
  id         uuid primary key,
  token      text not null unique,
  person_id  uuid not null references person on delete cascade,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default current_timestamp,
  updated_at timestamptz not null default current_timestamp
);
create index session_person on session (person_id);
create table account (
  id            uuid primary key,
  account_id    text not null,
  provider_id   text not null,
  person_id     uuid not null references person on delete cascade,
  access_token  text,
  refresh_token text,
  id_token      text,
  access_token_expires_at  timestamptz,
  refresh_token_expires_at timestamptz,
  scope         text,
  password      text,
  created_at    timestamptz not null default current_timestamp,
  updated_at    timestamptz not null default current_timestamp
);
create index account_person on account (person_id);
create table verification (
  id         uuid primary key,
  identifier text not null,
  value      text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default current_timestamp,
  updated_at timestamptz not null default current_timestamp
);
create table rate_limit (
  id           uuid primary key,
  key          text not null unique,
  count        integer not null,
  last_request bigint not null
);
grant select, insert, update, delete on person, session, account, verification, rate_limit to kontor_app;

create table workspace (
  workspace_id uuid primary key,
  name         text not null,
  mode         text not null default 'undecided' check (mode in ('undecided', 'practice', 'real')),
  language     text not null default 'en' check (language in ('en', 'de')),
  zone         text not null,
  created_at   timestamptz not null default kontor_now()
);
call kontor_raise_wall('workspace');

create table membership (
  workspace_id uuid not null references workspace,
  person_id    uuid not null references person,
  role         text not null check (role in ('owner', 'admin', 'member', 'viewer')),
  joined_at    timestamptz not null default kontor_now(),
  primary key (workspace_id, person_id)
);
create index membership_person on membership (person_id);
call kontor_raise_wall('membership');

-- Before a workspace is chosen, a person may learn which ones are theirs.
create function workspaces_of(p_person uuid)
  returns table (workspace_id uuid, name text, mode text, language text, zone text, role text)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select w.workspace_id, w.name, w.mode, w.language, w.zone, m.role
  from membership m join workspace w using (workspace_id) where m.person_id = p_person order by w.created_at, w.workspace_id
$f$;
alter function workspaces_of(uuid) owner to kontor_definer;

-- Every workspace, for loops that serve all of them (pulls, reconciling). Ids only.
create function every_workspace() returns setof uuid language sql stable security definer
  set search_path = public, pg_temp as $f$ select workspace_id from workspace order by 1 $f$;
alter function every_workspace() owner to kontor_definer;

create table workspace_invitation (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  token_hash   bytea not null,
  role         text not null check (role in ('admin', 'member', 'viewer')),
  invited_by   uuid not null references person,
  created_at   timestamptz not null default kontor_now(),
  expires_at   timestamptz not null,
  accepted_at  timestamptz,
  accepted_by  uuid references person,
  revoked_at   timestamptz,
  primary key (workspace_id, id)
);
create unique index workspace_invitation_token on workspace_invitation (workspace_id, token_hash);
call kontor_raise_wall('workspace_invitation');

create table audit_entry (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  at           timestamptz not null default kontor_now(),
  actor_id     uuid references person,
  actor_name   text not null,
  action       text not null,
  subject      text,
  detail       jsonb not null default '{}',
  primary key (workspace_id, id)
);
create index audit_entry_latest on audit_entry (workspace_id, id desc);
call kontor_raise_wall('audit_entry');
