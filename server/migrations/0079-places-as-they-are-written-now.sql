-- Places that were kept before looks by date gave way. A page belongs to a span that nobody knows any more, so that such a look
-- begins anew. Over IMAP a position tells since 0074 when it was taken; without it every mailbox would count as forgotten.
-- Rows are filled as the role that stands above the walls.
set local role kontor_definer;
update mailbox_position set rescan_page = null where rescan_page is not null and rescan_to is null;
update mailbox_position p
  set cursor = json_build_object('at', coalesce(p.checked_at, kontor_now()), 'folders', p.cursor::json)::text
  from mailbox m
  where m.workspace_id = p.workspace_id and m.id = p.mailbox_id
    and case when m.provider = 'imap' and p.cursor is not null
      then jsonb_typeof(p.cursor::jsonb -> 'at') is distinct from 'string' else false end;
set local role kontor_owner;
