-- Taking it back: erasing what is stored, in pieces and with progress; what became of a mailbox that was disconnected or
-- narrowed, as a certificate; and beside it what receiving needs to say what it checked and what it could not read.

-- Asks three headers of new mail outside our threads, so that a reply with another subject is found too. Off unless wished.
alter table mailbox add column finds_changed_subjects boolean not null default false;
-- On the way from Send Only to Full Access: look for replies of the time before.
alter table consent_request add column fetch_earlier boolean not null default false;

-- A message keeps its place and its kind when its content is erased, so that nobody is asked again who answered before.
alter table message
  add column kind_evidence text[] not null default '{}',  -- why it is an auto-reply, a bounce, a complaint
  add column complaint     jsonb,
  add column erased_at     timestamptz;
-- A message that was moved to another folder comes under another id with the same bytes.
create index message_of_bytes on message (workspace_id, raw_sha256) where raw_sha256 is not null;
create index message_unerased on message (workspace_id, mailbox_id, id) where erased_at is null;

-- What a message seems to say, for a person to decide.
create table suggestion (
  workspace_id uuid not null,
  id           uuid not null,
  message_id   uuid not null,
  contact_id   uuid not null,
  campaign_id  uuid,
  kind         text not null check (kind in ('declined')),
  evidence     text not null,           -- the sentence that says so
  state        text not null default 'open' check (state in ('open', 'accepted', 'dismissed')),
  decided_by   uuid references person,
  decided_at   timestamptz,
  created_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, message_id) references message,
  foreign key (workspace_id, contact_id) references contact,
  check ((state = 'open') = (decided_at is null))
);
create unique index suggestion_of_message on suggestion (workspace_id, message_id, kind);
create index suggestion_open on suggestion (workspace_id, contact_id, campaign_id) where state = 'open';
call kontor_raise_wall('suggestion');

-- One report is open while a gap is being checked.
alter table outage_report
  add column set_aside integer not null default 0;        -- could not be read (yet)
create unique index outage_report_open on outage_report (workspace_id, mailbox_id) where not complete;
create index outage_report_of on outage_report (workspace_id, mailbox_id, created_at desc, id desc);
alter table mailbox_position drop column rescan_recovered;
-- Where a message that could not be read belongs, as far as that is known.
alter table set_aside add column thread_id uuid;
create index set_aside_of_thread on set_aside (workspace_id, thread_id) where settled_at is null and thread_id is not null;
create index ledger_entry_recent on ledger_entry (workspace_id, mailbox_id, at);

create table erasure (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  mailbox_id   uuid not null,
  reach        text not null check (reach in ('received', 'everything')),
  step         text not null default 'messages' check (step in ('messages', 'words', 'rest', 'done')),
  asked_by     uuid references person,
  asked_at     timestamptz not null default kontor_now(), -- what is stored later is not meant
  total        integer not null,          -- messages to erase, when it began
  messages     integer not null default 0,
  attachments  integer not null default 0,
  bytes        bigint not null default 0,
  words        integer not null default 0, -- records of sent mails that lost subject and text
  identifiers  integer not null default 0,
  suppressions integer not null default 0, -- addresses that must not be written to, kept as keyed hashes
  finished_at  timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references mailbox,
  check ((step = 'done') = (finished_at is not null))
);
create unique index erasure_running on erasure (workspace_id, mailbox_id) where finished_at is null;
create index erasure_due on erasure (asked_at) where finished_at is null;
call kontor_raise_wall('erasure');

-- What was asked, and what became of it: filled as it becomes known, sealed once nothing is open, unchanged from then on.
create table certificate (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  mailbox_id   uuid not null,
  kind         text not null check (kind in ('disconnected', 'narrowed', 'erased')),
  at           timestamptz not null,
  facts        jsonb not null,            -- mailbox, person and choices at that moment
  queue        jsonb,                     -- what became of waiting mails
  permission   jsonb,                     -- what the provider said
  erasure_id   uuid,
  content      json,                      -- as it was sealed, to the byte
  seal         text,                      -- SHA-256 of the content
  sealed_at    timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references mailbox,
  foreign key (workspace_id, erasure_id) references erasure,
  check ((sealed_at is null) = (content is null) and (sealed_at is null) = (seal is null))
);
create index certificate_of on certificate (workspace_id, mailbox_id, at desc, id desc);
create index certificate_open on certificate (workspace_id, mailbox_id) where sealed_at is null;
call kontor_raise_wall('certificate');

-- Work of taking back that is open, across workspaces: ids only.
create function due_erasures(p_limit integer) returns table (workspace_id uuid, erasure_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select e.workspace_id, e.id from erasure e where e.finished_at is null order by e.asked_at limit p_limit
$f$;
alter function due_erasures(integer) owner to kontor_definer;
create index oauth_grant_half_given_back on oauth_grant (updated_at) where state = 'revoked' and (access_token is not null or refresh_token is not null);
create function half_revoked_workspaces(p_limit integer) returns table (workspace_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select distinct g.workspace_id from oauth_grant g
  where g.state = 'revoked' and (g.access_token is not null or g.refresh_token is not null) limit p_limit
$f$;
alter function half_revoked_workspaces(integer) owner to kontor_definer;

-- Forgets a file that nothing refers to. What refers by a foreign key is protected by it; the rest is named here.
create function blob_release(p_workspace uuid, p_sha256 bytea) returns boolean language plpgsql as $f$
begin
  if exists (select from message where workspace_id = p_workspace and raw_sha256 = p_sha256)
    or exists (select from submission where workspace_id = p_workspace and raw_sha256 = p_sha256) then
    return false;
  end if;
  delete from blob where workspace_id = p_workspace and sha256 = p_sha256;
  return found;
exception when foreign_key_violation then
  return false;
end $f$;
create index submission_raw on submission (workspace_id, raw_sha256) where raw_sha256 is not null;
create index attachment_of_blob on attachment (workspace_id, sha256) where sha256 is not null;
