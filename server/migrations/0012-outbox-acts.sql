-- What people do in the outbox: a test message to oneself goes to nobody's record; of an uncertain mail it is known what
-- the last look into Sent came to.

alter table submission alter column contact_id drop not null;
alter table submission add check (contact_id is not null or (kind = 'direct' and campaign_id is null)); -- null: a test message

alter table submission add column looks integer not null default 0;
alter table submission add column looked_at timestamptz;
alter table submission add column look_found text check (look_found in ('nothing_yet', 'unreachable'));

-- Mails that wait for a person or a condition, by whom they concern: looked at again when that changes.
create index submission_held_contact on submission (workspace_id, contact_id) where state = 'held';
create index submission_held_campaign on submission (workspace_id, campaign_id) where state = 'held' and campaign_id is not null;
