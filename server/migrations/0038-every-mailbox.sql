-- The access log of every mailbox can be verified at once, by whoever has the terminal: ids only, across workspaces.

create function every_mailbox() returns table (workspace_id uuid, mailbox_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select m.workspace_id, m.id from mailbox m order by m.workspace_id, m.id
$f$;
alter function every_mailbox() owner to kontor_definer;
