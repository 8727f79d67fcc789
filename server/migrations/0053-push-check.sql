-- Whoever set up where Gmail publishes its notices wants to know whether it does: that is asked through one mailbox that is
-- read there, whosever it is. Ids only, those that were connected first before others.
create function read_at(p_endpoint text, p_limit integer) returns table (workspace_id uuid, mailbox_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select m.workspace_id, m.id from mailbox m
  where m.endpoint = p_endpoint and m.level = 'full' and m.disconnected_at is null and m.health in ('active', 'paused', 'throttled')
  order by m.connected_at, m.id limit p_limit
$f$;
alter function read_at(text, integer) owner to kontor_definer;
