-- Bulk messages: one text in both languages that many get, launches that go on after a crash, and a link of their own for
-- people who are written to outside any campaign.

-- A template as people speak of it: one text in both languages. Without a name it was written for one launch.
create table template_set (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  name         text not null default '',
  kind         text not null default 'bulk' check (kind in ('invitation', 'approval', 'bulk', 'rejection')),
  text_key     bytea,               -- of a text without a name: its hash, so that the same words again are the same mail
  created_by   uuid references person,
  created_at   timestamptz not null default kontor_now(),
  archived_at  timestamptz,
  primary key (workspace_id, id)
);
create unique index template_set_text on template_set (workspace_id, text_key) where text_key is not null;
call kontor_raise_wall('template_set');

alter table template add column set_id uuid;
alter table template add foreign key (workspace_id, set_id) references template_set;
create unique index template_of_set on template (workspace_id, set_id, language) where set_id is not null;

-- Launches outside any campaign, of any kind, with the texts frozen when the button was pressed.
alter table launch drop constraint launch_workspace_id_campaign_id_key_key;
alter table launch alter column campaign_id drop not null;
alter table launch add unique nulls not distinct (workspace_id, campaign_id, key);
alter table launch
  add column kind text check (kind in ('invitation', 'bulk')),  -- null: decisions, which are one transaction
  add column state text not null default 'done' check (state in ('running', 'done', 'stopped')),
  add column why text,              -- code of why it was stopped
  add column mailbox_id uuid,
  add column set_id uuid,
  add column again boolean not null default false,  -- also to those who got the same mail before
  add column versions jsonb not null default '{}',  -- language → the frozen template version
  add column total integer not null default 0,
  add foreign key (workspace_id, mailbox_id) references mailbox,
  add foreign key (workspace_id, set_id) references template_set;

-- Who was asked for, in the order in which they get their place in the outbox.
create table launch_person (
  workspace_id  uuid not null,
  launch_id     uuid not null,
  n             integer not null,
  contact_id    uuid not null,
  member_id     uuid,
  outcome       text,               -- null: not looked at yet; queued; or why left out
  submission_id uuid,
  primary key (workspace_id, launch_id, contact_id),
  foreign key (workspace_id, launch_id) references launch on delete cascade,
  check ((outcome = 'queued') = (submission_id is not null))
);
create index launch_person_open on launch_person (workspace_id, launch_id, n) where outcome is null;
create index launch_person_mail on launch_person (workspace_id, submission_id) where submission_id is not null;
call kontor_raise_wall('launch_person');

-- The private link of a person outside any campaign: opaque, found by its hash.
create table creator_link (
  workspace_id uuid not null,
  contact_id   uuid not null,
  token        text not null,
  token_hash   bytea not null,
  created_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, contact_id),
  foreign key (workspace_id, contact_id) references contact
);
create unique index creator_link_token on creator_link (workspace_id, token_hash);
call kontor_raise_wall('creator_link');

-- Has this person had this text? Asked for everybody of every bulk launch.
create index submission_of_template on submission (workspace_id, contact_id, template_id) where template_id is not null;
