-- One grant, several addresses (docs/decisions/0041). An alias has no mail of its own: what answers it arrives where the
-- account's own address is read, so both are read at once, by one of them.

alter table mailbox add column place text not null default 'own' check (place in ('own', 'alias', 'shared'));
create index mailbox_grant on mailbox (workspace_id, grant_id) where disconnected_at is null;

-- The mailboxes that one look reads for: itself, and the connected ones whose mail lies in the same place.
create function read_together(p_mailbox uuid) returns uuid[]
  language sql stable set search_path = public, pg_temp as $f$
  select array_agg(s.id order by s.connected_at, s.id)
  from mailbox m join mailbox s on s.workspace_id = m.workspace_id and (s.id = m.id or
    (s.grant_id = m.grant_id and s.disconnected_at is null and m.place <> 'shared' and s.place <> 'shared'))
  where m.workspace_id = (select kontor_workspace()) and m.id = p_mailbox
$f$;

-- Which of them the look belongs to: the one that was connected first. Null when none of them is connected.
create function reader_of(p_mailbox uuid) returns uuid
  language sql stable set search_path = public, pg_temp as $f$
  select m.id from mailbox m
  where m.workspace_id = (select kontor_workspace()) and m.id = any(read_together(p_mailbox)) and m.disconnected_at is null
  order by m.connected_at, m.id limit 1
$f$;

-- Where a provider refuses an address as sender, its answers are still read, and it is still told of them.
set local role kontor_definer;
create or replace function due_pulls(p_limit integer) returns table (workspace_id uuid, mailbox_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select p.workspace_id, p.mailbox_id from mailbox_position p join mailbox m on m.workspace_id = p.workspace_id and m.id = p.mailbox_id
  where m.level = 'full' and m.disconnected_at is null
    and (m.health in ('active', 'paused', 'throttled') or m.health_reason = 'sender_refused')
    and p.due_at <= kontor_now() and (p.pull_until is null or p.pull_until <= kontor_now() or not is_present(p.pull_holder))
  order by p.due_at limit p_limit
$f$;
create or replace function due_watches(p_limit integer) returns table (workspace_id uuid, mailbox_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select p.workspace_id, p.mailbox_id
  from mailbox_position p
    join mailbox m on m.workspace_id = p.workspace_id and m.id = p.mailbox_id
    left join mailbox_watch w on w.workspace_id = p.workspace_id and w.mailbox_id = p.mailbox_id
  where m.level = 'full' and m.disconnected_at is null
    and (m.health in ('active', 'paused', 'throttled') or m.health_reason = 'sender_refused')
    and (w.mailbox_id is null or w.renew_at <= kontor_now())
  order by w.renew_at nulls first limit p_limit
$f$;

-- A provider names the account, whichever of its addresses are connected here: the account itself may not be any more.
create or replace function mailboxes_at(p_endpoint text, p_address_key text) returns table (workspace_id uuid, mailbox_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select m.workspace_id, m.id from mailbox m
  where m.endpoint = p_endpoint and m.address_key = p_address_key and m.level = 'full' and m.disconnected_at is null
  union
  select m.workspace_id, m.id from oauth_grant g join mailbox m on m.workspace_id = g.workspace_id and m.grant_id = g.id
  where g.endpoint = p_endpoint and lower(g.address) = p_address_key and m.place = 'alias' and m.level = 'full'
    and m.disconnected_at is null
$f$;
set local role kontor_owner;
create index oauth_grant_account on oauth_grant (endpoint, lower(address));
