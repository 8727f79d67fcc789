-- A provider may take a mail and tell no ids (Microsoft). Its copy in Sent is then looked for: when next, until it was
-- found or is not to be expected any more. Send Only never looks; a mailbox that is read later does.
alter table message add column sent_copy_due timestamptz;
create index message_sent_copy_due on message (workspace_id, mailbox_id, sent_copy_due) where sent_copy_due is not null;
