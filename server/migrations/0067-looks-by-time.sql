-- Looks are owed to a notice by the time at which it came, and no more by their number: a look that somebody else asked for
-- used one of them up.
alter table mailbox_position drop column owed_looks, add column told_at timestamptz;
