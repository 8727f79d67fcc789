-- Grants (an account that signed in), mailboxes (an address it may send as and read) and the ledger of what was touched.
create table oauth_grant (
  workspace_id   uuid not null references workspace,
  id             uuid not null,
  endpoint       text not null,
  provider       text not null check (provider in ('gmail', 'microsoft', 'imap')),
  account_id     text not null,
  address        text not null,
  owner_id       uuid not null references person,
  level          text not null check (level in ('full', 'send_only')),
  may_send       boolean not null,
  may_read       boolean not null check (level = 'full' or not may_read),
  access_token   text,          -- sealed
  refresh_token  text,          -- sealed
  access_expires_at timestamptz, -- real time, not the product's clock
  token_version  integer not null default 1,
  -- One refresh per expiry across all processes: whoever holds the lease asks the provider, outside a transaction.
  refresh_lease  uuid,
  refresh_lease_until timestamptz,
  state          text not null default 'active' check (state in ('active', 'broken', 'revoked')),
  broken_reason  text,
  created_at     timestamptz not null default kontor_now(),
  updated_at     timestamptz not null default kontor_now(),
  primary key (workspace_id, id)
);
call kontor_raise_wall('oauth_grant');

create table mailbox (
  workspace_id  uuid not null references workspace,
  id            uuid not null,
  grant_id      uuid,
  endpoint      text not null,
  provider      text not null check (provider in ('gmail', 'microsoft', 'imap')),
  practice      boolean not null,
  level         text not null check (level in ('full', 'send_only')),
  address       text not null,
  address_key   text not null,
  owner_id      uuid not null references person,
  display_name  text not null default '',
  signature     text not null default '',
  sharing       text not null default 'team' check (sharing in ('team', 'team_sees', 'named')),
  health        text not null default 'active'
                check (health in ('connecting', 'active', 'waiting_for_admin', 'throttled', 'reconnect_needed', 'paused', 'disconnected')),
  health_reason text,
  paused        boolean not null default false, -- a person's wish; outlives a broken grant
  zone          text not null,
  daily_limit   integer not null default 300 check (daily_limit between 1 and 300),
  window_from   time not null default '08:00',
  window_to     time not null default '20:00',
  window_days   smallint[] not null default '{1,2,3,4,5,6,7}',
  pace_seconds  integer not null default 3 check (pace_seconds between 0 and 3600),
  reserve       integer not null default 20 check (reserve between 0 and 300),
  connected_at  timestamptz not null default kontor_now(),
  disconnected_at timestamptz,
  last_checked_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, grant_id) references oauth_grant,
  check (window_from < window_to),
  check ((health = 'disconnected') = (disconnected_at is not null))
);
-- An address is connected once in a workspace; in another workspace it shares the address's cap.
create unique index mailbox_address on mailbox (workspace_id, address_key) where disconnected_at is null;
create index mailbox_address_everywhere on mailbox (address_key);
call kontor_raise_wall('mailbox');

create table mailbox_named_member (
  workspace_id uuid not null,
  mailbox_id   uuid not null,
  person_id    uuid not null references person,
  primary key (workspace_id, mailbox_id, person_id),
  foreign key (workspace_id, mailbox_id) references mailbox on delete cascade
);
call kontor_raise_wall('mailbox_named_member');

create table default_mailbox (
  workspace_id uuid not null,
  person_id    uuid not null references person,
  mailbox_id   uuid not null,
  primary key (workspace_id, person_id),
  foreign key (workspace_id, mailbox_id) references mailbox on delete cascade
);
call kontor_raise_wall('default_mailbox');

-- A sign-in under way: what was asked, by whom, and what came of it.
create table consent_request (
  workspace_id  uuid not null references workspace,
  id            uuid not null,
  state_hash    bytea not null,
  person_id     uuid not null references person,
  endpoint      text not null,
  level         text not null check (level in ('full', 'send_only')),
  sharing       text not null,
  named_members uuid[] not null default '{}',
  mailbox_id    uuid,
  code_verifier text not null,  -- sealed
  nonce         text not null,
  created_at    timestamptz not null default current_timestamp,
  expires_at    timestamptz not null,
  used_at       timestamptz,
  outcome       jsonb,
  primary key (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references mailbox
);
create unique index consent_request_state on consent_request (workspace_id, state_hash);
call kontor_raise_wall('consent_request');

-- The ledger: a hash chain per mailbox. The head row is the lock and the memory of the last hash.
create table ledger_head (
  workspace_id uuid not null,
  mailbox_id   uuid not null,
  seq          bigint not null default 0,
  hash         bytea not null default '\x',
  id_key       text,   -- sealed; hashes provider ids. Destroyed on erasure, after which the hashes name nothing
  poll_hour    timestamptz, -- empty polls of this hour, written as one entry when the hour is over
  polls        integer not null default 0,
  primary key (workspace_id, mailbox_id),
  foreign key (workspace_id, mailbox_id) references mailbox
);
call kontor_raise_wall('ledger_head');
create table ledger_entry (
  workspace_id uuid not null,
  id           uuid not null,
  mailbox_id   uuid not null,
  seq          bigint not null,
  at           timestamptz not null,
  phase        text not null check (phase in ('before', 'after')),
  call         text not null,
  purpose      text not null,
  depth        text not null check (depth in ('nothing', 'identifiers', 'thread_headers', 'content')),
  touched      integer not null default 0,
  touched_keys text[] not null default '{}', -- keyed hashes of provider ids
  times        integer not null default 1,   -- empty polls are folded hourly
  outcome      text,
  previous     bytea not null,
  hash         bytea not null,
  primary key (workspace_id, id)
) partition by range (id);
create table ledger_entry_default partition of ledger_entry default;
create index ledger_entry_chain on ledger_entry (workspace_id, mailbox_id, seq desc);
call kontor_raise_wall('ledger_entry');
revoke update, delete on ledger_entry from kontor_app;
