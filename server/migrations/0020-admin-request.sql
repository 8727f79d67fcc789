-- Reading may need an admin of the person's organisation first (Microsoft). Who waits, with what wish, and what the admin
-- said. The link has a state of its own, because the admin who opens it has no account here.
create table admin_request (
  workspace_id  uuid not null references workspace,
  id            uuid not null,
  person_id     uuid not null references person,
  endpoint      text not null,
  sharing       text not null,
  named_members uuid[] not null default '{}',
  mailbox_id    uuid,          -- a connected mailbox that is to read; absent where one is connected for the first time
  state_hash    bytea not null,
  state         text not null, -- sealed
  asked_at      timestamptz not null default kontor_now(),
  answer        text check (answer in ('agreed', 'declined')),
  answered_at   timestamptz,
  ended_at      timestamptz,   -- connected, or taken back
  primary key (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references mailbox
);
create unique index admin_request_state on admin_request (workspace_id, state_hash);
-- A person waits once for each place and mailbox.
create unique index admin_request_open on admin_request (workspace_id, person_id, endpoint, mailbox_id)
  nulls not distinct where ended_at is null;
call kontor_raise_wall('admin_request');
