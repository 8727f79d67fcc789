/**
 * The tables of the practice world. Times are milliseconds of practice time; lists are JSON. A mailbox is found by its
 * `address_key` (lower case, no plus tag). Records (`call_record`, `mail_record`, `arrival_record`) are only ever appended.
 */
/** Raised with every change of a table. */
export const SCHEMA_VERSION = 4

export const SCHEMA = `
create table if not exists setting (key text primary key, value text not null) without rowid;
create table if not exists counter (name text primary key, value integer not null) without rowid;

create table if not exists account (
  address_key text primary key, address text not null, name text not null, sub text not null unique,
  kind text not null check (kind in ('brand', 'person', 'other')), language text not null,
  history_id integer not null, history_floor integer not null, created_at integer not null
) without rowid;
create table if not exists send_as (
  account text not null, address text not null, name text not null, reply_to text not null, signature text not null,
  is_default integer not null, accepted integer not null, primary key (account, address)
) without rowid;

create table if not exists shared_access (
  mailbox text not null, member text not null, may_read integer not null, send_as integer not null, primary key (mailbox, member)
) without rowid;

create table if not exists consent (account text not null, client text not null, scopes text not null, primary key (account, client)) without rowid;
create table if not exists auth_code (
  code text primary key, account text not null, client text not null, redirect_uri text not null, scopes text not null,
  nonce text, challenge text, offline integer not null, expires_at integer not null, spent integer not null default 0
) without rowid;
create table if not exists refresh_token (
  seq integer primary key, token text not null unique, account text not null, client text not null, scopes text not null, created_at integer not null
);
create index if not exists refresh_token_of on refresh_token (account, client, seq);
create table if not exists access_token (
  token text primary key, account text not null, client text not null, scopes text not null, expires_at integer not null
) without rowid;
create index if not exists access_token_of on access_token (account, client);

create table if not exists message (
  seq integer primary key, account text not null, id text not null, thread_id text not null, history_id integer not null,
  internal_date integer not null, labels text not null, message_key text not null, subject text not null, subject_key text not null,
  sender text not null, recipients text not null, snippet text not null, size integer not null, raw blob not null
);
create unique index if not exists message_id_in_mailbox on message (account, id);
create index if not exists message_thread on message (account, thread_id, internal_date);
create index if not exists message_key on message (account, message_key);
create index if not exists message_newest on message (account, internal_date desc, seq desc);
create table if not exists thread_reference (
  account text not null, message_key text not null, thread_id text not null, primary key (account, message_key, thread_id)
) without rowid;
create table if not exists history (
  account text not null, history_id integer not null, kind text not null, message_id text not null, thread_id text not null,
  labels text not null, at integer not null, primary key (account, history_id)
) without rowid;
create index if not exists history_age on history (account, at);
create table if not exists unseen (
  account text not null, history_id integer not null, message_id text not null, until integer not null, primary key (account, history_id)
) without rowid;

create table if not exists topic (
  name text primary key, endpoint text not null, audience text not null, service_account text not null, open integer not null
) without rowid;
create table if not exists watch (
  account text primary key, topic text not null, labels text not null, filter text not null check (filter in ('include', 'exclude')),
  until integer not null, pushed_at integer not null
) without rowid;
create table if not exists subscription (
  id text not null unique, account text not null, resource text not null, folder text not null, change_type text not null, notification_url text not null,
  lifecycle_url text, client_state text, expires_at integer not null, immutable_ids integer not null, paused integer not null default 0
);
create unique index if not exists subscription_of on subscription (account, folder, change_type);

create table if not exists upload (
  id text primary key, account text not null, total integer, thread_id text, received blob not null, expires_at integer not null
) without rowid;

create table if not exists call_record (
  seq integer primary key, at integer not null, mailbox text not null, method text not null, ids text not null, thread_ids text not null,
  format text not null, fields text not null, scopes text not null, status integer not null
);
create index if not exists call_record_of on call_record (mailbox, seq);
create table if not exists mail_record (
  seq integer primary key, at integer not null, mailbox text not null, recipients text not null, id text not null, thread_id text not null,
  sender text not null, subject text not null, submitted_message_id text not null, message_id text not null,
  in_reply_to text not null, refs text not null, raw blob not null
);
create index if not exists mail_record_of on mail_record (mailbox, seq);
create index if not exists mail_record_at on mail_record (mailbox, at);
create table if not exists arrival_record (
  seq integer primary key, at integer not null, mailbox text not null, id text not null, thread_id text not null, sender text not null,
  subject text not null, message_id text not null, in_reply_to text not null, refs text not null, source text not null, labels text not null
);
create index if not exists arrival_record_of on arrival_record (mailbox, seq);
create table if not exists push_record (
  seq integer primary key, at integer not null, mailbox text not null, kind text not null, url text not null, attempt integer not null,
  outcome text not null, status integer not null, body text not null
);
create index if not exists push_record_of on push_record (mailbox, seq);

create table if not exists due (seq integer primary key, at integer not null, kind text not null, lane text not null, detail text not null, failures integer not null default 0);
create index if not exists due_at on due (at, seq);
create table if not exists outbound (seq integer primary key, at integer not null, kind text not null, lane text not null, detail text not null, failures integer not null default 0);
create index if not exists outbound_at on outbound (at, seq);
create table if not exists fault (seq integer primary key, kind text not null, mailbox text not null, detail text not null, applied integer not null default 0, matched integer not null default 0);

create table if not exists person (
  address_key text primary key, address text not null, name text not null, handle text not null, language text not null,
  temperament text not null, client text not null, marker text not null, manager text not null
) without rowid;
create table if not exists affair (
  seq integer primary key, person text not null, thread_id text not null, sender text not null, link text not null,
  stage text not null, answers integer not null, unique (person, thread_id)
);
create index if not exists affair_with on affair (person, sender, seq);
create index if not exists affair_link on affair (person, link, seq);
`
