-- Mailboxes that are shared with an account (docs/decisions/0049): what was allowed for them, which is asked for only when
-- somebody adds one, and which one a sign-in was begun for.

alter table oauth_grant add column shared boolean not null default false;
alter table consent_request
  add column shared boolean not null default false,
  add column shared_address text; -- the mailbox that is to be added after it
alter table admin_request add column shared boolean not null default false;
