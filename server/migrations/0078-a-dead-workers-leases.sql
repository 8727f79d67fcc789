-- A worker is known to the others while it lives (is_present), so that its death ends its leases at once, and not when they run
-- out two minutes later: what it had not begun waits again, what it had may have been sent.
alter table submission add column lease_holder integer;

drop function outbox_take(jsonb, interval, text);
create function outbox_take(p_decisions jsonb, p_ttl interval, p_worker text, p_holder integer)
  returns table (workspace_id uuid, submission_id uuid, mailbox_id uuid, lease_id uuid)
  language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $f$
#variable_conflict use_column
declare
  d record;
  v_now timestamptz;
begin
  perform set_config('synchronous_commit', 'off', true);

  -- a day begins once: what is on its way is charged to it
  for d in select * from jsonb_to_recordset(p_decisions) as x(now float8, "addressKey" text, day jsonb) where x.day is not null loop
    v_now := ms_at(d.now);
    update address_cap a set day_starts_at = ms_at((d.day->>'startsAt')::float8), day_ends_at = ms_at((d.day->>'endsAt')::float8),
        base_ends_at = ms_at((d.day->>'endsAt')::float8), used = (d.day->>'used')::integer, used_direct = (d.day->>'usedDirect')::integer
      where a.address_key = d."addressKey" and ms_at((d.day->>'startsAt')::float8) >= a.day_ends_at and a.day_ends_at <= v_now;
    if not found then raise exception 'the day of % cannot begin twice', d."addressKey" using errcode = 'check_violation'; end if;
    update submission x set charged_from = ms_at((d.day->>'startsAt')::float8)
      where (x.workspace_id, x.id) in (select y.workspace_id, y.id from mailbox_schedule z
        join submission y on y.workspace_id = z.workspace_id and y.mailbox_id = z.mailbox_id
        where z.address_key = d."addressKey" and y.state = 'leased' for no key update of y skip locked);
    delete from address_charge x where x.address_key = d."addressKey" and x.at <= v_now - interval '24 hours';
  end loop;

  for d in
    with decided as materialized (
      select ms_at(x.now) as now, x."workspaceId" as workspace_id, x."mailboxId" as mailbox_id, x."addressKey" as address_key, x.take,
        ms_at(x."pacedUntil") as paced_until, ms_at(x."nextAt") as next_at, x.n
      from rows from (jsonb_to_recordset(p_decisions) as (now float8, "workspaceId" uuid, "mailboxId" uuid, "addressKey" text,
        take uuid, "pacedUntil" float8, "nextAt" float8)) with ordinality
        as x(now, "workspaceId", "mailboxId", "addressKey", take, "pacedUntil", "nextAt", n)),
    held as materialized (
      select c.*, x.rank from decided c join submission x on x.workspace_id = c.workspace_id and x.id = c.take
      where x.state = 'queued' for no key update of x skip locked),
    charged as (
      update address_cap a set used = a.used + 1, used_direct = a.used_direct + (h.rank = 0)::integer
      from held h where a.address_key = h.address_key and a.used < a.owner_limit and a.day_ends_at > h.now
      returning a.address_key, a.day_starts_at, a.rolling_limit, gen_random_uuid() as lease),
    noted as (
      insert into address_charge (address_key, lease_id, at)
      select h.address_key, c.lease, h.now from held h join charged c on c.address_key = h.address_key where c.rolling_limit is not null),
    taken as (
      update submission x set state = 'leased', reason = null, lease_id = c.lease, lease_worker = p_worker, lease_holder = p_holder,
        lease_until = h.now + p_ttl, call_started_at = null, charged_from = c.day_starts_at
      from held h join charged c on c.address_key = h.address_key
      where x.workspace_id = h.workspace_id and x.id = h.take and x.state = 'queued'),
    -- what somebody else holds is looked at again soon
    timed as (
      update mailbox_schedule x set paced_until = case when lost then x.paced_until else coalesce(c.paced_until, x.paced_until) end,
        next_at = case when lost then c.now + interval '50 milliseconds' else c.next_at end
      from (select o.*, o.take is not null and h.take is null as lost
            from decided o left join held h on h.workspace_id = o.workspace_id and h.mailbox_id = o.mailbox_id) c
      where x.workspace_id = c.workspace_id and x.mailbox_id = c.mailbox_id)
    select h.*, c.lease from held h left join charged c on c.address_key = h.address_key order by h.n
  loop
    if d.lease is null then raise exception 'the allowance of % is used', d.address_key using errcode = 'check_violation'; end if;
    workspace_id := d.workspace_id; submission_id := d.take; mailbox_id := d.mailbox_id; lease_id := d.lease;
    return next;
  end loop;
end $f$;
alter function outbox_take(jsonb, interval, text, integer) owner to kontor_definer;

-- `p_surely` is what is left of a lease when its worker must have been seen: a connection by which others know it may be lost and
-- come back. Whoever lives is asked once for all leases of each.
drop function outbox_expired(integer);
create function outbox_expired(p_limit integer, p_surely interval) returns table (workspace_id uuid, submission_id uuid)
  language sql stable security definer set search_path = public, pg_temp set enable_seqscan = off as $f$
  with holders as materialized (
    select distinct lease_holder as holder from submission where state = 'leased' and lease_holder is not null),
  gone as materialized (select holder from holders where not is_present(holder))
  select s.workspace_id, s.id from submission s
  where s.state = 'leased' and (s.lease_until <= (select kontor_now())
    or s.lease_until <= (select kontor_now()) + p_surely and s.lease_holder in (select holder from gone))
  order by s.lease_until limit p_limit
$f$;
alter function outbox_expired(integer, interval) owner to kontor_definer;
