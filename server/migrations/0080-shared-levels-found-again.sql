-- 0058 filled its columns as the owner of the tables, who sees no row behind the walls: in databases older than it, what had been
-- allowed for shared mailboxes counted as never asked for. It shows in the shared mailboxes that are connected; the widest level of
-- those is what must have been allowed, never more than the account's. Where none is connected it stays null: whoever adds one is
-- asked. A sign-in that was begun for one shared mailbox was begun at the level of its account.
set local role kontor_definer;
update oauth_grant g
  set shared_level = case when g.level = 'full' then m.level else 'send_only' end
  from (select workspace_id, grant_id, min(level) as level from mailbox -- full comes before send_only
    where place = 'shared' and disconnected_at is null group by workspace_id, grant_id) m
  where m.workspace_id = g.workspace_id and m.grant_id = g.id and g.shared_level is null;
update consent_request set shared_level = level where shared_address is not null and shared_level is null;
set local role kontor_owner;
