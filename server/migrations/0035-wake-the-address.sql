-- A raised limit or a moved day of an address concerns every mailbox of it, in whichever workspace: each is woken, or it
-- would sleep on until the day that ended for it before.

create function cap_wake(p_key text) returns void
  language sql volatile security definer set search_path = public, pg_temp as $f$
  update mailbox_schedule set next_at = least(coalesce(next_at, 'infinity'), kontor_now())
  where mailbox_id in (select mailbox_id from mailbox_schedule where address_key = p_key order by mailbox_id for no key update)
    and stopped is null
$f$;
alter function cap_wake(text) owner to kontor_definer;
