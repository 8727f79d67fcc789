-- What people write: drafts that the team shares, files on their way up, and what a personal mail carries beside its plain
-- text (layout, copies, files, links to files that are too large for a mail).

create table upload (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  filename     text not null,
  content_type text not null,
  size         bigint not null check (size > 0),
  sha256       bytea,                 -- once everything is here
  uploaded_by  uuid not null references person,
  created_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, sha256) references blob
);
create index upload_old on upload (created_at);
call kontor_raise_wall('upload');

-- Pieces in the size of a blob's chunks, so that finishing moves rows and no bytes.
create table upload_piece (
  workspace_id uuid not null,
  upload_id    uuid not null,
  n            integer not null check (n >= 0),
  content      bytea not null check (octet_length(content) <= 262144),
  primary key (workspace_id, upload_id, n),
  foreign key (workspace_id, upload_id) references upload on delete cascade
);
alter table upload_piece alter column content set storage external;
call kontor_raise_wall('upload_piece');

create table draft (
  workspace_id    uuid not null references workspace,
  id              uuid not null,
  contact_id      uuid not null,
  campaign_id     uuid,
  author_id       uuid not null references person,
  mailbox_id      uuid,
  to_address      text,
  cc              text[] not null default '{}',
  subject         text not null default '',
  text            text not null default '',
  html            text,
  seen_version    integer,            -- of the conversation, when its first word was written
  approver_id     uuid references person, -- asked to send it
  revision        integer not null default 1,
  changed_by      uuid not null references person,
  changed_at      timestamptz not null default kontor_now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact,
  foreign key (workspace_id, campaign_id) references campaign,
  foreign key (workspace_id, mailbox_id) references mailbox
);
-- One draft per person in a conversation.
create unique index draft_of on draft (workspace_id, contact_id, campaign_id, author_id) nulls not distinct;
call kontor_raise_wall('draft');

create table draft_file (
  workspace_id uuid not null,
  draft_id     uuid not null,
  n            integer not null,
  upload_id    uuid not null,
  as_link      boolean not null,
  primary key (workspace_id, draft_id, n),
  foreign key (workspace_id, draft_id) references draft on delete cascade,
  foreign key (workspace_id, upload_id) references upload
);
create index draft_file_upload on draft_file (workspace_id, upload_id);
call kontor_raise_wall('draft_file');

create table letter (
  workspace_id  uuid not null,
  submission_id uuid not null,
  html          text,
  cc            text[] not null default '{}',
  typed         jsonb not null,        -- the draft as it was, for whoever takes the mail back
  primary key (workspace_id, submission_id),
  foreign key (workspace_id, submission_id) references submission on delete cascade
);
call kontor_raise_wall('letter');

create table letter_file (
  workspace_id  uuid not null,
  submission_id uuid not null,
  n             integer not null,
  upload_id     uuid,
  filename      text not null,
  content_type  text not null,
  size          bigint not null,
  sha256        bytea not null,
  primary key (workspace_id, submission_id, n),
  foreign key (workspace_id, submission_id) references letter on delete cascade,
  foreign key (workspace_id, sha256) references blob
);
call kontor_raise_wall('letter_file');

-- A file behind a link: the token stands in the mail and is known here by its hash.
create table file_link (
  workspace_id  uuid not null references workspace,
  id            uuid not null,
  token_hash    bytea not null,
  submission_id uuid not null,
  filename      text not null,
  content_type  text not null,
  size          bigint not null,
  sha256        bytea not null,
  created_by    uuid references person,
  created_at    timestamptz not null default kontor_now(),
  expires_at    timestamptz not null,
  revoked_at    timestamptz,
  downloads     integer not null default 0,
  primary key (workspace_id, id),
  foreign key (workspace_id, submission_id) references letter on delete cascade,
  foreign key (workspace_id, sha256) references blob
);
create unique index file_link_token on file_link (workspace_id, token_hash);
create index file_link_of on file_link (workspace_id, submission_id);
call kontor_raise_wall('file_link');

-- Whoever erases the words of a mail erases its layout, its files and its links with them.
create function letter_erased() returns trigger language plpgsql as $f$
begin
  delete from letter where workspace_id = new.workspace_id and submission_id = new.id;
  return null;
end $f$;
create trigger letter_erased after update of text on submission for each row
  when (old.text is not null and old.text <> '' and coalesce(new.text, '') = '') execute function letter_erased();

alter table conversation_turn drop constraint conversation_turn_kind_check;
alter table conversation_turn add constraint conversation_turn_kind_check
  check (kind in ('heard', 'wrote', 'sent', 'assigned', 'done', 'reopened', 'snoozed', 'woke', 'withdrawn', 'returned', 'asked', 'taken_back'));

-- Uploads that nothing keeps, across workspaces: ids only.
create function stale_uploads(p_before timestamptz, p_limit integer) returns table (workspace_id uuid, upload_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select u.workspace_id, u.id from upload u where u.created_at < p_before
    and not exists (select 1 from draft_file d where d.workspace_id = u.workspace_id and d.upload_id = u.id)
  order by u.created_at limit p_limit
$f$;
alter function stale_uploads(timestamptz, integer) owner to kontor_definer;
