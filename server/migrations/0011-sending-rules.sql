-- The rules of sending stand once, in TypeScript (sending/gates.ts): the lease asks the database for what is due, decides
-- with the functions along which the forecast walks, and writes back what it decided, all under the locks of cap and
-- mailbox. So the database keeps no window any more, and of the day only its bounds and its count.

-- Where the running day ends by the zone in which it began: a zone moved there and back costs nothing.
alter table address_cap add column base_ends_at timestamptz;
update address_cap set base_ends_at = day_ends_at;
alter table address_cap alter column base_ends_at set not null;
-- Mails in any 24 hours, where the provider counts so; null: it does not.
alter table address_cap add column rolling_limit integer check (rolling_limit > 0);

-- When an address with a rolling limit used it. An uncertain mail counts from the moment at which nothing more could arrive.
create table address_charge (
  address_key text not null references address_cap,
  lease_id    uuid not null,
  at          timestamptz not null,
  primary key (address_key, lease_id)
);
create index address_charge_latest on address_charge (address_key, at);
grant select, insert, update, delete on address_charge to kontor_definer;

alter table mailbox_schedule drop column opens_at, drop column release_at, drop column closes_at, drop column pace_seconds, drop column reserve;
alter table mailbox_schedule add column throttled_why text not null default 'provider'
  check (throttled_why in ('provider', 'trouble', 'our_config'));

alter table submission drop column jitter_ms;                            -- a hash of the id, computed where it is needed
alter table submission add column exempt boolean not null default false; -- outside the sending times, by way of exception
create index submission_exempt on submission (workspace_id, mailbox_id, rank, position_at, id) where state = 'queued' and exempt;
drop index submission_lifted;
create index submission_lifted on submission (workspace_id, mailbox_id, lift_at, rank, position_at, id) where state = 'queued' and lift_at is not null;

drop function outbox_lease(integer, interval, text);
drop function outbox_stale(integer);
drop function outbox_alarm(mailbox_schedule, address_cap, timestamptz);
drop function ranked_allowance(integer, integer, integer, integer, boolean);
drop function cap_roll(text, timestamptz, timestamptz, timestamptz);
drop function cap_join(text, text, integer, timestamptz, timestamptz);
drop function cap_move_zone(text, text, timestamptz, timestamptz);
drop function cap_refund(text, timestamptz, boolean);

-- Instants that open something are rounded up to the millisecond and the present down, so that both sides agree on whole ones.
create function ms_from(p timestamptz) returns float8 language sql immutable
  return case when p = '-infinity' then null else ceil(extract(epoch from p) * 1000)::float8 end;
create function ms_at(p float8) returns timestamptz language sql immutable
  return timestamptz 'epoch' + p * interval '1 millisecond';

-- Mailboxes whose alarm has rung, with everything that decides what leaves, locked: cap before mailbox, one mailbox of an
-- address at a time, never waiting for anybody. Every inner statement has a fresh snapshot, so that what another worker
-- just took is not seen as free. What is locked elsewhere is passed over; more candidates are read than are wanted.
create function outbox_due(p_mailboxes integer) returns table (facts jsonb)
  language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $f$
declare
  v_now timestamptz := date_trunc('milliseconds', kontor_now());
  v_keys text[] := '{}';
  c record;
  s mailbox_schedule;
  m mailbox;
  cap address_cap;
  v jsonb;
begin
  for c in select x.workspace_id, x.mailbox_id, x.address_key from mailbox_schedule x
           where x.next_at <= v_now order by x.next_at limit p_mailboxes * 4 loop
    exit when cardinality(v_keys) >= p_mailboxes;
    continue when c.address_key = any(v_keys);
    select a.* into cap from address_cap a where a.address_key = c.address_key for no key update skip locked;
    continue when not found;
    select x.* into s from mailbox_schedule x
      where x.workspace_id = c.workspace_id and x.mailbox_id = c.mailbox_id and x.next_at <= v_now for no key update skip locked;
    continue when not found;
    v_keys := v_keys || c.address_key;
    select x.* into m from mailbox x where x.workspace_id = s.workspace_id and x.id = s.mailbox_id;
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
        and x.state = 'queued' and x.rank > 0 and x.not_before > v_now order by x.not_before limit 1)) into v
    from (select ms_from(max(x.lease_until)) as any_kind, ms_from(max(x.lease_until) filter (where x.rank = 0)) as direct
          from submission x where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id and x.state = 'leased') b,
      lateral (select count(*) as all_kinds, count(*) filter (where x.rank = 0) as direct
          from mailbox_schedule y join submission x on x.workspace_id = y.workspace_id and x.mailbox_id = y.mailbox_id
          where y.address_key = cap.address_key and x.state = 'leased' and v_now >= cap.day_ends_at) f;
    facts := v;
    return next;
  end loop;
end $f$;
alter function outbox_due(integer) owner to kontor_definer;

-- Writes what was decided of locked mailboxes. A day only follows the day before it; what is on its way while it begins is
-- charged to it, because it arrives in it. A mail that somebody else holds is not waited for: the mailbox is looked at again.
create function outbox_take(p_decisions jsonb, p_ttl interval, p_worker text)
  returns table (workspace_id uuid, submission_id uuid, mailbox_id uuid, lease_id uuid)
  language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $f$
#variable_conflict use_column
declare
  d record;
  v_now timestamptz;
  v_rank smallint;
  v_charged timestamptz;
  v_lease uuid;
begin
  for d in select * from jsonb_to_recordset(p_decisions) as x(now float8, "workspaceId" uuid, "mailboxId" uuid, "addressKey" text,
      take uuid, day jsonb, "pacedUntil" float8, "nextAt" float8) loop
    v_now := ms_at(d.now);
    if d.day is not null then
      update address_cap a set day_starts_at = ms_at((d.day->>'startsAt')::float8), day_ends_at = ms_at((d.day->>'endsAt')::float8),
          base_ends_at = ms_at((d.day->>'endsAt')::float8), used = (d.day->>'used')::integer, used_direct = (d.day->>'usedDirect')::integer
        where a.address_key = d."addressKey" and ms_at((d.day->>'startsAt')::float8) >= a.day_ends_at and a.day_ends_at <= v_now;
      if not found then raise exception 'the day of % cannot begin twice', d."addressKey" using errcode = 'check_violation'; end if;
      update submission x set charged_from = ms_at((d.day->>'startsAt')::float8)
        where (x.workspace_id, x.id) in (select y.workspace_id, y.id from mailbox_schedule z
          join submission y on y.workspace_id = z.workspace_id and y.mailbox_id = z.mailbox_id
          where z.address_key = d."addressKey" and y.state = 'leased' for no key update of y skip locked);
      delete from address_charge x where x.address_key = d."addressKey" and x.at <= v_now - interval '24 hours';
    end if;
    v_lease := null;
    if d.take is not null then
      select x.rank into v_rank from submission x
        where x.workspace_id = d."workspaceId" and x.id = d.take and x.state = 'queued' for no key update skip locked;
      if found then
        update address_cap a set used = a.used + 1, used_direct = a.used_direct + (v_rank = 0)::integer
          where a.address_key = d."addressKey" and a.used < a.owner_limit and a.day_ends_at > v_now
          returning a.day_starts_at into v_charged;
        if not found then raise exception 'the allowance of % is used', d."addressKey" using errcode = 'check_violation'; end if;
        v_lease := gen_random_uuid();
        insert into address_charge (address_key, lease_id, at)
          select a.address_key, v_lease, v_now from address_cap a where a.address_key = d."addressKey" and a.rolling_limit is not null;
        update submission x set state = 'leased', reason = null, lease_id = v_lease, lease_worker = p_worker,
            lease_until = v_now + p_ttl, call_started_at = null, charged_from = v_charged
          where x.workspace_id = d."workspaceId" and x.id = d.take;
      end if;
    end if;
    if d.take is not null and v_lease is null then
      update mailbox_schedule x set next_at = v_now + interval '50 milliseconds'
        where x.workspace_id = d."workspaceId" and x.mailbox_id = d."mailboxId";
    else
      update mailbox_schedule x set paced_until = coalesce(ms_at(d."pacedUntil"), x.paced_until), next_at = ms_at(d."nextAt")
        where x.workspace_id = d."workspaceId" and x.mailbox_id = d."mailboxId";
    end if;
    continue when v_lease is null;
    workspace_id := d."workspaceId"; submission_id := d.take; mailbox_id := d."mailboxId"; lease_id := v_lease;
    return next;
  end loop;
end $f$;
alter function outbox_take(jsonb, interval, text) owner to kontor_definer;

-- Connects an address to its cap: made with the first mailbox. Over all workspaces the lowest limit of its owners counts, and
-- the zone of the mailbox that was connected first; that zone is returned, and the product moves the day to it.
create function cap_join(p_key text, p_zone text, p_limit integer, p_rolling integer, p_day_starts timestamptz, p_day_ends timestamptz)
  returns text language plpgsql security definer set search_path = public, pg_temp as $f$
declare
  v_zone text;
begin
  insert into address_cap (address_key, zone, owner_limit, rolling_limit, day_starts_at, day_ends_at, base_ends_at)
    values (p_key, p_zone, p_limit, p_rolling, p_day_starts, p_day_ends, p_day_ends) on conflict (address_key) do nothing;
  perform 1 from address_cap where address_key = p_key for no key update;
  update address_cap c set rolling_limit = p_rolling, owner_limit = coalesce(
    (select min(m.daily_limit) from mailbox m where m.address_key = p_key and m.disconnected_at is null), p_limit)
  where c.address_key = p_key;
  select m.zone into v_zone from mailbox m where m.address_key = p_key and m.disconnected_at is null
    order by m.connected_at, m.id limit 1;
  return coalesce(v_zone, p_zone);
end $f$;
alter function cap_join(text, text, integer, integer, timestamptz, timestamptz) owner to kontor_definer;

-- The running day ends where the product says, never before it would have ended in the zone in which it began.
create function cap_move_zone(p_key text, p_zone text, p_expected_end timestamptz, p_new_end timestamptz) returns boolean
  language sql volatile security definer set search_path = public, pg_temp as $f$
  with moved as (
    update address_cap set zone = p_zone, day_ends_at = p_new_end
    where address_key = p_key and day_ends_at = p_expected_end and (p_new_end = p_expected_end or p_new_end >= base_ends_at) returning 1)
  select exists (select 1 from moved)
$f$;
alter function cap_move_zone(text, text, timestamptz, timestamptz) owner to kontor_definer;

-- What was charged and provably did not leave goes back to the day that was charged, and every mailbox of the address wakes.
create function cap_refund(p_key text, p_lease uuid, p_charged_from timestamptz, p_direct boolean) returns void
  language plpgsql security definer set search_path = public, pg_temp as $f$
begin
  update address_cap set used = used - 1, used_direct = used_direct - p_direct::integer
  where address_key = p_key and day_starts_at = p_charged_from and used > 0 and used_direct >= p_direct::integer;
  delete from address_charge where address_key = p_key and lease_id = p_lease;
  update mailbox_schedule set next_at = least(coalesce(next_at, 'infinity'), kontor_now())
  where address_key = p_key and stopped is null;
end $f$;
alter function cap_refund(text, uuid, timestamptz, boolean) owner to kontor_definer;

-- The provider took it, or nothing more can arrive: it counts in the rolling 24 hours from now.
create function charge_settled(p_key text, p_lease uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp as $f$
  update address_charge set at = greatest(at, kontor_now()) where address_key = p_key and lease_id = p_lease
$f$;
alter function charge_settled(text, uuid) owner to kontor_definer;

-- Of addresses that are connected in the reader's workspace: when the rolling limit was used.
create function charges_of(p_keys text[]) returns table (address_key text, at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select x.address_key, x.at from address_charge x
  where x.address_key = any(p_keys) and x.at > kontor_now() - interval '24 hours'
    and exists (select 1 from mailbox m where m.address_key = x.address_key and m.workspace_id = (select kontor_workspace()))
  order by x.at
$f$;
alter function charges_of(text[]) owner to kontor_definer;
