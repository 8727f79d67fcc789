-- A public link by which people apply who were not invited: one per campaign, off until somebody switches it on. A new
-- one takes the place of the old. What came in through it says so for good, since nobody has confirmed the address.
create table open_link (
  workspace_id uuid not null,
  campaign_id  uuid not null,
  token        text not null,   -- opaque, found by its hash
  token_hash   bytea not null,
  open         boolean not null default true,
  changed_by   uuid not null references person,
  changed_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, campaign_id),
  foreign key (workspace_id, campaign_id) references campaign
);
create unique index open_link_token on open_link (workspace_id, token_hash);
call kontor_raise_wall('open_link');

alter table application add column through_open_link boolean not null default false;
