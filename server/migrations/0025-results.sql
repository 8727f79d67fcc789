-- Results ask for what arrived in each mailbox since a day; without this index that reads every message ever stored.
create index message_arrived on message (workspace_id, mailbox_id, occurred_at) include (kind, contact_id) where direction = 'in';
create index submission_accepted on submission (workspace_id, mailbox_id, accepted_at) where state = 'accepted';
