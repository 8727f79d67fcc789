-- The outbox: submissions with one state machine, the cap of each address, the schedule of each mailbox, and the lease.
-- The database does no zone arithmetic: windows are written by the product from pure functions, fenced by the old end.

create table address_cap (
  address_key   text primary key,
  zone          text not null,
  owner_limit   integer not null check (owner_limit between 1 and 300),
  day_starts_at timestamptz not null,
  day_ends_at   timestamptz not null check (day_ends_at > day_starts_at),
  used          integer not null default 0 check (used >= 0),
  used_direct   integer not null default 0 check (used_direct between 0 and used)
);
grant select, insert, update on address_cap to kontor_definer;

-- One hot row per mailbox: the lock of the lease, the gates, and next_at, which is the alarm clock and nothing else.
create table mailbox_schedule (
  workspace_id    uuid not null,
  mailbox_id      uuid not null,
  address_key     text not null references address_cap,
  next_at         timestamptz,
  stopped         text,             -- paused | reconnect_needed | disconnected | our_config
  throttled_until timestamptz not null default '-infinity',
  troubles        integer not null default 0, -- transient refusals in a row
  paced_until     timestamptz not null default '-infinity',
  pace_seconds    integer not null,
  reserve         integer not null,
  opens_at        timestamptz not null,
  release_at      timestamptz not null,
  closes_at       timestamptz not null check (closes_at > opens_at),
  primary key (workspace_id, mailbox_id),
  foreign key (workspace_id, mailbox_id) references mailbox
) with (fillfactor = 50);
create index mailbox_schedule_due on mailbox_schedule (next_at) where next_at is not null;
create index mailbox_schedule_address on mailbox_schedule (address_key);
call kontor_raise_wall('mailbox_schedule');

create table submission (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  mailbox_id   uuid not null,
  key          text not null,
  kind         text not null check (kind in ('direct', 'invitation', 'approval', 'bulk', 'rejection')),
  rank         smallint not null check (rank = array_position(array['direct', 'invitation', 'approval', 'bulk', 'rejection'], kind) - 1),
  state        text not null default 'queued'
               check (state in ('queued', 'leased', 'accepted', 'failed', 'in_doubt', 'held', 'cancelled', 'suppressed')),
  reason       jsonb,
  contact_id   uuid not null,
  to_address   text not null,
  to_key       text not null,
  to_name      text not null default '',
  campaign_id  uuid,
  member_id    uuid,
  thread_id    uuid,
  answers_message_id uuid,
  template_id  uuid,
  template_version integer,
  subject      text,
  text         text,
  author_id    uuid references person,
  again_of     uuid,                    -- a final submission that a person sent again
  enqueued_at  timestamptz not null default kontor_now(),
  position_at  timestamptz not null,    -- first in, first out inside a rank; earlier when put to the front
  not_before   timestamptz,
  lift_at      timestamptz,             -- an answer-by date lifts it to the front from here on
  jitter_ms    integer not null default 0 check (jitter_ms between 0 and 999),
  lease_id     uuid,
  lease_worker text,
  lease_until  timestamptz,
  call_started_at timestamptz,
  charged_from timestamptz,             -- start of the day whose allowance it uses; null when given back
  tries        integer not null default 0,
  token        text,
  message_id   text,
  raw_sha256   bytea,
  size         bigint not null default 0,
  in_doubt_since timestamptz,
  look_at      timestamptz,             -- when to look into Sent next
  accepted_at  timestamptz,
  settled_at   timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, key),
  foreign key (workspace_id, mailbox_id) references mailbox,
  foreign key (workspace_id, contact_id) references contact,
  foreign key (workspace_id, campaign_id) references campaign,
  foreign key (workspace_id, template_id, template_version) references template_version,
  check (state <> 'leased' or (lease_id is not null and lease_until is not null)),
  check (state <> 'in_doubt' or (call_started_at is not null and in_doubt_since is not null)),
  check ((state in ('accepted', 'failed', 'cancelled', 'suppressed')) = (settled_at is not null)),
  check ((state = 'accepted') = (accepted_at is not null))
) with (fillfactor = 70);
create index submission_ready on submission (workspace_id, mailbox_id, rank, position_at, id) include (not_before) where state = 'queued';
create index submission_later on submission (workspace_id, mailbox_id, not_before) where state = 'queued' and not_before is not null;
create index submission_lifted on submission (workspace_id, mailbox_id, lift_at) where state = 'queued' and lift_at is not null;
create index submission_expiring on submission (lease_until) where state = 'leased';
create index submission_in_flight on submission (workspace_id, mailbox_id) where state = 'leased';
create index submission_to_look_for on submission (look_at) where state = 'in_doubt';
create index submission_charged on submission (workspace_id, mailbox_id, charged_from) where charged_from is not null;
create index submission_of_contact on submission (workspace_id, contact_id, campaign_id);
create index submission_of_member on submission (workspace_id, member_id) where member_id is not null;
create index submission_past on submission (workspace_id, settled_at desc, id desc) where settled_at is not null;
create index submission_open on submission (workspace_id, state, mailbox_id) where state in ('queued', 'held', 'in_doubt');
call kontor_raise_wall('submission');

create function submission_transition() returns trigger language plpgsql as $f$
begin
  if (old.state, new.state) not in (
    ('queued', 'leased'), ('queued', 'held'), ('queued', 'cancelled'), ('queued', 'suppressed'),
    ('leased', 'accepted'), ('leased', 'failed'), ('leased', 'in_doubt'), ('leased', 'queued'), ('leased', 'held'), ('leased', 'suppressed'),
    ('held', 'queued'), ('held', 'cancelled'), ('held', 'suppressed'),
    ('in_doubt', 'accepted'), ('in_doubt', 'queued'), ('in_doubt', 'failed')
  ) then
    raise exception 'a submission cannot go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $f$;
create trigger submission_moves before update of state on submission for each row
  when (old.state is distinct from new.state) execute function submission_transition();
create function submission_begins() returns trigger language plpgsql as $f$
begin
  if new.state not in ('queued', 'held') then
    raise exception 'a submission begins queued or held, not %', new.state using errcode = 'check_violation';
  end if;
  return new;
end $f$;
create trigger submission_begins before insert on submission for each row execute function submission_begins();

create table attempt (
  workspace_id  uuid not null,
  id            uuid not null,
  submission_id uuid not null,
  n             integer not null,
  started_at    timestamptz not null,
  ended_at      timestamptz,
  outcome       text,
  diagnostic    text,
  charged_from  timestamptz,
  message_id    text not null,
  primary key (workspace_id, id)
) partition by range (id);
create table attempt_default partition of attempt default;
create index attempt_of on attempt (workspace_id, submission_id, n);
call kontor_raise_wall('attempt');

-- How much of the day is left for ranks 1 to 4: the reserve is kept for direct mail until its release.
create function ranked_allowance(p_limit integer, p_used integer, p_used_direct integer, p_reserve integer, p_released boolean)
  returns integer language sql immutable
  return greatest(0, p_limit - p_used - case when p_released then 0 else greatest(0, p_reserve - p_used_direct) end);

-- The earliest instant at which a lease of this mailbox may succeed; null: nothing to do until somebody wakes it.
create function outbox_alarm(s mailbox_schedule, cap address_cap, p_now timestamptz) returns timestamptz
  language plpgsql stable as $f$
declare
  v_floor timestamptz := greatest(p_now, s.throttled_until);
  v_direct timestamptz;
  v_ranked timestamptz;
  v_in_flight timestamptz;
begin
  if s.stopped is not null then return null; end if;
  select coalesce(x.not_before, p_now) into v_direct from submission x
    where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id and x.state = 'queued' and x.rank = 0
    order by x.not_before nulls first limit 1;
  if v_direct is not null then
    select max(x.lease_until) into v_in_flight from submission x
      where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id and x.state = 'leased' and x.rank = 0;
    v_direct := case when cap.used >= cap.owner_limit then cap.day_ends_at else greatest(v_floor, v_direct, v_in_flight) end;
  end if;
  select p_now into v_ranked from submission x
    where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id and x.state = 'queued' and x.rank > 0
      and coalesce(x.not_before, p_now) <= p_now limit 1;
  if v_ranked is null then
    select x.not_before into v_ranked from submission x
      where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id and x.state = 'queued' and x.rank > 0
        and x.not_before is not null
      order by x.not_before limit 1;
  end if;
  if v_ranked is not null then
    v_ranked := greatest(v_floor, v_ranked, s.paced_until, s.opens_at);
    select max(x.lease_until) into v_in_flight from submission x
      where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id and x.state = 'leased';
    v_ranked := greatest(v_ranked, v_in_flight);
    if cap.used >= cap.owner_limit then v_ranked := greatest(v_ranked, cap.day_ends_at);
    elsif ranked_allowance(cap.owner_limit, cap.used, cap.used_direct, s.reserve, p_now >= s.release_at) = 0 then
      v_ranked := greatest(v_ranked, case when p_now >= s.release_at then cap.day_ends_at else s.release_at end);
    end if;
    v_ranked := case when v_ranked >= s.closes_at then s.closes_at else v_ranked end;
  end if;
  return least(v_direct, v_ranked);
end $f$;

-- The lease. Candidates are read without a lock; then cap before mailbox, never waiting for anybody. Every inner
-- statement has a fresh snapshot, so that what another worker just took is not seen as free. One mail per mailbox and call.
-- A ranked mail leaves when nothing of its mailbox is in flight, a direct one when no direct one is: so the order of
-- leaving is also the order of arriving, and a direct mail never waits for a slow ranked one.
create function outbox_lease(p_mailboxes integer, p_ttl interval, p_worker text)
  returns table (workspace_id uuid, submission_id uuid, mailbox_id uuid, lease_id uuid)
  language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $f$
#variable_conflict use_column
declare
  v_now timestamptz := kontor_now();
  c record;
  s mailbox_schedule;
  cap address_cap;
  v_id uuid;
  v_rank smallint;
  v_jitter integer;
  v_lease uuid;
  v_direct_in_flight integer;
  v_in_flight integer;
begin
  for c in select x.workspace_id, x.mailbox_id, x.address_key from mailbox_schedule x
           where x.next_at <= v_now order by x.next_at limit p_mailboxes loop
    select a.* into cap from address_cap a where a.address_key = c.address_key for no key update skip locked;
    continue when not found;
    select x.* into s from mailbox_schedule x
      where x.workspace_id = c.workspace_id and x.mailbox_id = c.mailbox_id and x.next_at <= v_now for no key update skip locked;
    continue when not found;
    continue when s.stopped is null and (v_now >= cap.day_ends_at or v_now >= s.closes_at); -- the product writes the next window first
    v_id := null;
    select count(*) filter (where x.rank = 0), count(*) into v_direct_in_flight, v_in_flight from submission x
      where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id and x.state = 'leased';
    if s.stopped is null and s.throttled_until <= v_now and cap.used < cap.owner_limit then
      select x.id, x.rank, x.jitter_ms into v_id, v_rank, v_jitter from submission x
        where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id and x.state = 'queued' and x.rank = 0
          and coalesce(x.not_before, v_now) <= v_now and v_direct_in_flight = 0
        order by x.rank, x.position_at, x.id limit 1 for update skip locked;
      if v_id is null and v_now >= s.opens_at and s.paced_until <= v_now
        and ranked_allowance(cap.owner_limit, cap.used, cap.used_direct, s.reserve, v_now >= s.release_at) > 0
        and v_in_flight = 0 then
        select x.id, x.rank, x.jitter_ms into v_id, v_rank, v_jitter from submission x
          where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id and x.state = 'queued' and x.rank > 0
            and x.lift_at <= v_now and coalesce(x.not_before, v_now) <= v_now
          order by x.lift_at, x.rank, x.position_at, x.id limit 1 for update skip locked;
        if v_id is null then
          select x.id, x.rank, x.jitter_ms into v_id, v_rank, v_jitter from submission x
            where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id and x.state = 'queued' and x.rank > 0
              and coalesce(x.not_before, v_now) <= v_now
            order by x.rank, x.position_at, x.id limit 1 for update skip locked;
        end if;
      end if;
    end if;
    if v_id is not null then
      v_lease := gen_random_uuid();
      update submission x set state = 'leased', reason = null, lease_id = v_lease, lease_worker = p_worker, lease_until = v_now + p_ttl,
          call_started_at = null, charged_from = cap.day_starts_at
        where x.workspace_id = s.workspace_id and x.id = v_id and x.state = 'queued';
      cap.used := cap.used + 1;
      cap.used_direct := cap.used_direct + (v_rank = 0)::integer;
      update address_cap a set used = cap.used, used_direct = cap.used_direct where a.address_key = cap.address_key;
      if v_rank > 0 and s.pace_seconds > 0 then
        s.paced_until := v_now + make_interval(secs => s.pace_seconds + v_jitter / 1000.0);
      end if;
      workspace_id := s.workspace_id; submission_id := v_id; mailbox_id := s.mailbox_id; lease_id := v_lease;
      return next;
    end if;
    update mailbox_schedule x set paced_until = s.paced_until, next_at = outbox_alarm(s, cap, v_now)
      where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id;
  end loop;
end $f$;
alter function outbox_lease(integer, interval, text) owner to kontor_definer;

-- Mailboxes whose day or window has ended and that have something to do: the product computes the next one.
create function outbox_stale(p_limit integer)
  returns table (workspace_id uuid, mailbox_id uuid, address_key text, cap_zone text, day_ends_at timestamptz, closes_at timestamptz,
                 zone text, window_from time, window_to time, window_days smallint[], now_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select s.workspace_id, s.mailbox_id, s.address_key, c.zone, c.day_ends_at, s.closes_at, m.zone, m.window_from, m.window_to, m.window_days, kontor_now()
  from mailbox_schedule s join address_cap c using (address_key)
    join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
  where s.next_at <= kontor_now() and s.stopped is null and (c.day_ends_at <= kontor_now() or s.closes_at <= kontor_now())
  order by s.next_at limit p_limit
$f$;
alter function outbox_stale(integer) owner to kontor_definer;

-- A day never goes backwards: only the end that was read may be replaced, and only by a day that begins at or after it.
create function cap_roll(p_key text, p_expected_end timestamptz, p_starts timestamptz, p_ends timestamptz) returns boolean
  language sql volatile security definer set search_path = public, pg_temp as $f$
  with rolled as (
    update address_cap set day_starts_at = p_starts, day_ends_at = p_ends, used = 0, used_direct = 0
    where address_key = p_key and day_ends_at = p_expected_end and p_starts >= p_expected_end and kontor_now() >= p_starts
    returning 1)
  select exists (select 1 from rolled)
$f$;
alter function cap_roll(text, timestamptz, timestamptz, timestamptz) owner to kontor_definer;

-- Connects an address to its cap: made with the first mailbox; the lowest limit of all its owners counts. A zone change
-- lengthens the running day to the first midnight of the new zone (p_day_ends), so that no day gets more than its cap.
create function cap_join(p_key text, p_zone text, p_limit integer, p_day_starts timestamptz, p_day_ends timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $f$
begin
  insert into address_cap (address_key, zone, owner_limit, day_starts_at, day_ends_at) values (p_key, p_zone, p_limit, p_day_starts, p_day_ends)
  on conflict (address_key) do nothing;
  perform 1 from address_cap where address_key = p_key for no key update;
  update address_cap c set owner_limit = coalesce(
    (select min(m.daily_limit) from mailbox m where m.address_key = p_key and m.disconnected_at is null), p_limit)
  where c.address_key = p_key;
end $f$;
alter function cap_join(text, text, integer, timestamptz, timestamptz) owner to kontor_definer;

create function cap_move_zone(p_key text, p_zone text, p_expected_end timestamptz, p_new_end timestamptz) returns boolean
  language sql volatile security definer set search_path = public, pg_temp as $f$
  with moved as (
    update address_cap set zone = p_zone, day_ends_at = p_new_end
    where address_key = p_key and day_ends_at = p_expected_end and p_new_end >= p_expected_end returning 1)
  select exists (select 1 from moved)
$f$;
alter function cap_move_zone(text, text, timestamptz, timestamptz) owner to kontor_definer;

-- The cap of addresses that are connected in the reader's workspace; of other workspaces nothing but the count.
create function cap_of(p_keys text[]) returns setof address_cap language sql stable security definer
  set search_path = public, pg_temp as $f$
  select c.* from address_cap c where c.address_key = any(p_keys)
    and exists (select 1 from mailbox m where m.address_key = c.address_key and m.workspace_id = (select kontor_workspace()))
$f$;
alter function cap_of(text[]) owner to kontor_definer;

-- What was charged and provably did not leave goes back to the day that was charged, and every mailbox of the address wakes.
create function cap_refund(p_key text, p_charged_from timestamptz, p_direct boolean) returns void
  language plpgsql security definer set search_path = public, pg_temp as $f$
begin
  update address_cap set used = used - 1, used_direct = used_direct - p_direct::integer
  where address_key = p_key and day_starts_at = p_charged_from and used > 0 and used_direct >= p_direct::integer;
  update mailbox_schedule set next_at = least(coalesce(next_at, 'infinity'), kontor_now())
  where address_key = p_key and stopped is null;
end $f$;
alter function cap_refund(text, timestamptz, boolean) owner to kontor_definer;

-- Ids of leases that ran out, and of uncertain mails that are due for a look, across workspaces.
create function outbox_expired(p_limit integer) returns table (workspace_id uuid, submission_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select workspace_id, id from submission where state = 'leased' and lease_until <= kontor_now() order by lease_until limit p_limit
$f$;
alter function outbox_expired(integer) owner to kontor_definer;
create function outbox_in_doubt(p_limit integer) returns table (workspace_id uuid, submission_id uuid, mailbox_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select s.workspace_id, s.id, s.mailbox_id from submission s join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
  where s.state = 'in_doubt' and s.look_at <= kontor_now() and m.level = 'full' and m.disconnected_at is null
  order by s.look_at limit p_limit
$f$;
alter function outbox_in_doubt(integer) owner to kontor_definer;

-- When the next lease may succeed anywhere; null: nothing waits.
create function outbox_next_at() returns table (next_at timestamptz, now_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select (select min(s.next_at) from mailbox_schedule s), kontor_now()
$f$;
alter function outbox_next_at() owner to kontor_definer;
