-- A shared mailbox may be used at a smaller level than its account (docs/decisions/0055): what was allowed for shared mailboxes
-- is a level of its own, null while they were not asked for. The sender name of one that is to be added waits with its address.
alter table oauth_grant add column shared_level text check (shared_level in ('full', 'send_only'));
update oauth_grant set shared_level = level where shared;
alter table oauth_grant drop column shared;
alter table oauth_grant add constraint oauth_grant_shared_not_wider check (level = 'full' or shared_level is distinct from 'full');

alter table consent_request add column shared_level text check (shared_level in ('full', 'send_only')), add column shared_name text;
update consent_request set shared_level = level where shared;
alter table consent_request drop column shared;

-- Counts one mail that leaves outside the outbox in the day of its address, under the lock of the cap; a day that is over
-- gives way to the given one, with what is on its way counted in it, as outbox_take does. Gives the day that was charged;
-- null: the allowance, or that of the last 24 hours, is used up. What did not leave goes back with cap_refund.
create function cap_charge(p_key text, p_lease uuid, p_day_starts timestamptz, p_day_ends timestamptz) returns timestamptz
  language plpgsql security definer set search_path = public, pg_temp as $f$
declare
  cap address_cap;
  v_now timestamptz := kontor_now();
begin
  select a.* into strict cap from address_cap a where a.address_key = p_key for no key update;
  if cap.day_ends_at <= v_now then
    select count(*), count(*) filter (where y.rank = 0) into cap.used, cap.used_direct
      from mailbox_schedule z join submission y on y.workspace_id = z.workspace_id and y.mailbox_id = z.mailbox_id
      where z.address_key = p_key and y.state = 'leased';
    update submission x set charged_from = p_day_starts
      where (x.workspace_id, x.id) in (select y.workspace_id, y.id from mailbox_schedule z
        join submission y on y.workspace_id = z.workspace_id and y.mailbox_id = z.mailbox_id
        where z.address_key = p_key and y.state = 'leased' for no key update of y skip locked);
    update address_cap a set day_starts_at = p_day_starts, day_ends_at = p_day_ends, base_ends_at = p_day_ends,
        used = cap.used, used_direct = cap.used_direct
      where a.address_key = p_key;
    cap.day_starts_at := p_day_starts;
  end if;
  if cap.used >= cap.owner_limit or cap.rolling_limit <=
      (select count(*) from address_charge x where x.address_key = p_key and x.at > v_now - interval '24 hours') then
    return null;
  end if;
  update address_cap a set used = a.used + 1, used_direct = a.used_direct + 1 where a.address_key = p_key;
  insert into address_charge (address_key, lease_id, at) select p_key, p_lease, v_now where cap.rolling_limit is not null;
  return cap.day_starts_at;
end $f$;
alter function cap_charge(text, uuid, timestamptz, timestamptz) owner to kontor_definer;
