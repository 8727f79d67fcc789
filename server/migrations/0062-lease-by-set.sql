-- The lease takes the statements of one mailbox for all that it looks at; what it decides is what it was. Where the first due
-- mailbox of an address is held elsewhere, its second is looked at in the next pass. Checks of a table are read anew for each
-- statement, which cost more than the rows. It looks at a handful of thousands, so it goes by indexes alone, whatever the
-- statistics say.

-- They depend on nothing but are called stable, as what they call is: only then does PostgreSQL write them into the statement.
alter function ms_from(timestamptz) stable;
alter function ms_at(float8) stable;

-- In the order of their alarms: the cap before the mailbox, and never waiting. An address is looked at once.
drop function outbox_due(integer);
create function outbox_due(p_mailboxes integer) returns table (facts jsonb)
  language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $f$
declare
  v_now timestamptz := date_trunc('milliseconds', kontor_now());
  v_workspaces uuid[];
  v_mailboxes uuid[];
begin
  with due as (
    select x.workspace_id, x.mailbox_id, x.address_key, x.next_at from mailbox_schedule x
    where x.next_at <= v_now order by x.next_at limit p_mailboxes * 4),
  first as (select distinct on (address_key) * from due order by address_key, next_at),
  capped as materialized (
    select d.* from first d join address_cap a on a.address_key = d.address_key
    order by d.next_at limit p_mailboxes for no key update of a skip locked)
  select array_agg(workspace_id order by next_at), array_agg(mailbox_id order by next_at) into v_workspaces, v_mailboxes from capped;
  if v_mailboxes is null then return; end if;

  with held as materialized (
    select x.workspace_id, x.mailbox_id, d.n from unnest(v_workspaces, v_mailboxes) with ordinality as d(workspace_id, mailbox_id, n)
      join mailbox_schedule x on x.workspace_id = d.workspace_id and x.mailbox_id = d.mailbox_id
    where x.next_at <= v_now order by d.n for no key update of x skip locked)
  select array_agg(workspace_id order by n), array_agg(mailbox_id order by n) into v_workspaces, v_mailboxes from held;
  if v_mailboxes is null then return; end if;

  return query
  select jsonb_build_object(
    'now', ms_from(v_now), 'workspaceId', s.workspace_id, 'mailboxId', s.mailbox_id, 'addressKey', s.address_key,
    'stopped', s.stopped, 'throttledUntil', ms_from(s.throttled_until), 'pacedUntil', ms_from(s.paced_until),
    'zone', m.zone, 'windowFrom', m.window_from, 'windowTo', m.window_to, 'windowDays', m.window_days,
    'paceSeconds', m.pace_seconds, 'reserve', m.reserve,
    'capZone', cap.zone, 'limit', cap.owner_limit, 'dayEndsAt', ms_from(cap.day_ends_at),
    'used', cap.used, 'usedDirect', cap.used_direct, 'rollingLimit', cap.rolling_limit,
    'rolling', case when cap.rolling_limit is null then '[]'::jsonb else
      (select coalesce(jsonb_agg(ms_from(x.at) order by x.at), '[]') from address_charge x
        where x.address_key = cap.address_key and x.at > v_now - interval '24 hours') end,
    'flying', f.all_kinds, 'flyingDirect', f.direct,
    'busyUntil', b.any_kind, 'directBusyUntil', b.direct,
    'direct', (select x.id from submission x where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id
      and x.state = 'queued' and x.rank = 0 and (x.not_before is null or x.not_before <= v_now) order by x.position_at, x.id limit 1),
    'lifted', (select x.id from submission x where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id
      and x.state = 'queued' and x.rank > 0 and x.lift_at <= v_now and (x.not_before is null or x.not_before <= v_now)
      order by x.lift_at, x.rank, x.position_at, x.id limit 1),
    'exempt', (select x.id from submission x where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id
      and x.state = 'queued' and x.exempt and x.rank > 0 and (x.not_before is null or x.not_before <= v_now)
      order by x.rank, x.position_at, x.id limit 1),
    'ranked', (select x.id from submission x where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id
      and x.state = 'queued' and x.rank > 0 and (x.not_before is null or x.not_before <= v_now)
      order by x.rank, x.position_at, x.id limit 1),
    'directDue', (select ms_from(x.not_before) from submission x where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id
      and x.state = 'queued' and x.rank = 0 and x.not_before > v_now order by x.not_before limit 1),
    'rankedDue', (select ms_from(x.not_before) from submission x where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id
      and x.state = 'queued' and x.rank > 0 and x.not_before > v_now order by x.not_before limit 1))
  from unnest(v_workspaces, v_mailboxes) with ordinality as d(workspace_id, mailbox_id, n)
    join mailbox_schedule s on s.workspace_id = d.workspace_id and s.mailbox_id = d.mailbox_id
    join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
    join address_cap cap on cap.address_key = s.address_key,
    lateral (select ms_from(max(x.lease_until)) as any_kind, ms_from(max(x.lease_until) filter (where x.rank = 0)) as direct
      from submission x where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id and x.state = 'leased') b,
    lateral (select count(*) as all_kinds, count(*) filter (where x.rank = 0) as direct
      from mailbox_schedule y join submission x on x.workspace_id = y.workspace_id and x.mailbox_id = y.mailbox_id
      where y.address_key = cap.address_key and x.state = 'leased' and v_now >= cap.day_ends_at) f
  order by d.n;
end $f$;

alter function outbox_due(integer) owner to kontor_definer;

drop function outbox_take(jsonb, interval, text);
create function outbox_take(p_decisions jsonb, p_ttl interval, p_worker text)
  returns table (workspace_id uuid, submission_id uuid, mailbox_id uuid, lease_id uuid)
  language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $f$
#variable_conflict use_column
declare
  d record;
  v_now timestamptz;
begin
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
      update submission x set state = 'leased', reason = null, lease_id = c.lease, lease_worker = p_worker,
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
alter function outbox_take(jsonb, interval, text) owner to kontor_definer;
