-- Files of mails to many. A file belongs to the version of the text that a mail is written from, so that it is stored once
-- and frozen with the words; whether it travels in a mail or behind a link is decided when the mail is queued.

-- What goes with a campaign's own messages of a kind, in both languages, as the team sees and changes it.
create table campaign_file (
  workspace_id uuid not null,
  campaign_id  uuid not null,
  kind         text not null check (kind in ('invitation', 'approval', 'rejection')),
  n            integer not null,
  upload_id    uuid not null,         -- by which the page names it; the upload itself is forgotten
  filename     text not null,
  content_type text not null,
  size         bigint not null,
  sha256       bytea not null,
  primary key (workspace_id, campaign_id, kind, n),
  foreign key (workspace_id, campaign_id) references campaign,
  foreign key (workspace_id, sha256) references blob
);
create index campaign_file_of_blob on campaign_file (workspace_id, sha256);
call kontor_raise_wall('campaign_file');

create table template_version_file (
  workspace_id uuid not null,
  template_id  uuid not null,
  version      integer not null,
  n            integer not null,
  filename     text not null,
  content_type text not null,
  size         bigint not null,
  sha256       bytea not null,
  primary key (workspace_id, template_id, version, n),
  foreign key (workspace_id, template_id, version) references template_version,
  foreign key (workspace_id, sha256) references blob
);
create index template_version_file_of_blob on template_version_file (workspace_id, sha256);
call kontor_raise_wall('template_version_file');
revoke update, delete on template_version_file from kontor_app;

-- A link belongs to a mail, whoever wrote it. The mail of a campaign is written when it leaves: until then its token is
-- kept, and its days begin with its leaving.
alter table file_link
  drop constraint file_link_workspace_id_submission_id_fkey,
  add foreign key (workspace_id, submission_id) references submission on delete cascade,
  add column token text,
  alter column expires_at drop not null;
create index submission_repeats on submission (workspace_id, again_of) where again_of is not null;
alter table file_link add check ((token is null) = (expires_at is not null));

-- Whoever erases the words of a mail, or its bytes, erases its layout, its files and its links with them.
create or replace function letter_erased() returns trigger language plpgsql as $f$
begin
  delete from letter where workspace_id = new.workspace_id and submission_id = new.id;
  delete from file_link where workspace_id = new.workspace_id and submission_id = new.id;
  return null;
end $f$;
drop trigger letter_erased on submission;
create trigger letter_erased after update of text, raw_sha256 on submission for each row
  when ((old.text is not null and old.text <> '' and coalesce(new.text, '') = '')
    or (old.raw_sha256 is not null and new.raw_sha256 is null)) execute function letter_erased();

-- The bytes of a mail hold its files in base64. Where a file is a blob of its own, the mail's blob names it instead of
-- holding it again: a thousand mails with one file are stored with one file.
alter table blob_chunk
  alter column content drop not null,
  add column file_sha256 bytea,
  add check ((content is null) <> (file_sha256 is null)),
  add foreign key (workspace_id, file_sha256) references blob (workspace_id, sha256);
create index blob_chunk_of_file on blob_chunk (workspace_id, file_sha256) where file_sha256 is not null;
