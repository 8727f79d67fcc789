-- What was written and received: threads, messages, and every id and token that is ours.
create table thread (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  mailbox_id   uuid not null,
  contact_id   uuid not null,
  campaign_id  uuid,
  token        text not null,             -- our synthetic root in References
  provider_thread_id text,
  subject      text not null,
  created_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references mailbox,
  foreign key (workspace_id, contact_id) references contact,
  foreign key (workspace_id, campaign_id) references campaign
);
create index thread_of_contact on thread (workspace_id, contact_id, campaign_id, mailbox_id, created_at);
create index thread_of_provider on thread (workspace_id, mailbox_id, provider_thread_id) where provider_thread_id is not null;
call kontor_raise_wall('thread');

create table message (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  thread_id    uuid not null,
  mailbox_id   uuid not null,
  contact_id   uuid not null,
  campaign_id  uuid,
  direction    text not null check (direction in ('in', 'out')),
  kind         text not null check (kind in ('mail', 'reply', 'auto_reply', 'bounce', 'complaint', 'own')),
  message_id   text,                      -- canonical Message-ID as it stands in the message
  in_reply_to  text,
  reference_ids text[] not null default '{}',  -- References as they stood, for the next answer
  from_name    text not null default '',
  from_address text not null,
  to_addresses text[] not null default '{}',
  subject      text not null default '',
  text         text not null default '',  -- the new text
  quoted       text not null default '',  -- history, folded and never lost
  html         text,                      -- sanitised once, when stored
  remote_images integer not null default 0,
  evidence     text[] not null default '{}',
  answered_from text,                     -- another sender in the thread (a talent manager)
  bounce       jsonb,                     -- recipients with permanence and status
  provider_message_id text,
  raw_sha256   bytea,
  size         bigint not null default 0,
  submission_id uuid,
  author_id    uuid references person,
  occurred_at  timestamptz not null,
  stored_at    timestamptz not null default kontor_now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, thread_id) references thread,
  foreign key (workspace_id, mailbox_id) references mailbox,
  foreign key (workspace_id, contact_id) references contact
);
-- The same message is captured once, whatever brings it twice.
create unique index message_of_provider on message (workspace_id, mailbox_id, provider_message_id) where provider_message_id is not null;
create unique index message_of_submission on message (workspace_id, submission_id) where submission_id is not null;
create index message_of_thread on message (workspace_id, thread_id, occurred_at, id);
create index message_of_contact on message (workspace_id, contact_id, campaign_id, occurred_at, id);
call kontor_raise_wall('message');

-- Every identifier by which an answer to us can be recognised, per mailbox.
create table reference (
  workspace_id uuid not null references workspace,
  mailbox_id   uuid not null,
  kind         text not null check (kind in ('message-id', 'token', 'provider-thread', 'provider-message')),
  value        text not null,
  thread_id    uuid not null,
  created_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, mailbox_id, kind, value),
  foreign key (workspace_id, thread_id) references thread
);
call kontor_raise_wall('reference');

create table attachment (
  workspace_id uuid not null,
  id           uuid not null,
  message_id   uuid not null,
  filename     text not null,
  content_type text not null,
  size         bigint not null,
  sha256       bytea,
  content_id   text,
  blocked      boolean not null default false,
  primary key (workspace_id, id),
  foreign key (workspace_id, message_id) references message,
  foreign key (workspace_id, sha256) references blob
);
create index attachment_of on attachment (workspace_id, message_id);
call kontor_raise_wall('attachment');
