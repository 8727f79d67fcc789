-- A look by date meets foreign mail again whose headers were seen already. What is remembered beside its identifier, and as
-- long, is that they were: so they are not asked for a second time. And such a look gives way to new mail and goes on
-- later, to the end that it began with: a provider's page belongs to one question.
alter table unmatched_identifier
  add column headers_seen boolean not null default false;
alter table mailbox_position
  add column rescan_to timestamptz;
