-- What an owner sets for the whole server (a version per setting, so that of two people one is told), rich signatures,
-- and what people are told: one open notice per person, kind and subject, and which kinds they want.
alter table server_setting add column version bigint not null default 1;

-- Simple HTML as it was sanitised when it was saved; its plain twin is `signature`. Empty: made from the plain one.
alter table mailbox add column signature_html text not null default '';

create table notice (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  person_id    uuid not null references person,
  kind         text not null check (kind in ('mailbox_broken', 'in_doubt', 'mention', 'queue_long', 'reply')),
  -- What it is about: a mailbox, a conversation.
  subject      uuid not null,
  -- What its sentence names.
  facts        jsonb not null default '{}',
  at           timestamptz not null default kontor_now(),
  read_at      timestamptz,
  -- It is no longer true: the mailbox was reconnected, the mails were settled.
  settled_at   timestamptz,
  digested_at  timestamptz,
  primary key (workspace_id, id)
);
-- Told again, an open notice comes up anew instead of standing there twice.
create unique index notice_open on notice (workspace_id, person_id, kind, subject) where settled_at is null;
create index notice_list on notice (workspace_id, person_id, at desc, id desc);
call kontor_raise_wall('notice');

-- Only what differs from the default: shown in the product, told in the digest.
create table notice_choice (
  workspace_id uuid not null references workspace,
  person_id    uuid not null references person,
  kind         text not null check (kind in ('mailbox_broken', 'in_doubt', 'mention', 'queue_long', 'reply')),
  shown        boolean not null,
  digested     boolean not null,
  primary key (workspace_id, person_id, kind)
);
call kontor_raise_wall('notice_choice');
