-- An identifier that was kept while its thread was ours already was told from us by its headers: nothing is left to be
-- found out about it. The others wait for their thread to become ours.
alter table unmatched_identifier
  add column judged boolean not null default false;
create index unmatched_identifier_seen on unmatched_identifier (workspace_id, mailbox_id, seen_at);
