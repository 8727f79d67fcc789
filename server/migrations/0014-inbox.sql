-- The inbox as a team works in it: what turned a conversation and who did it, snoozing, withdrawing, mentions; the order
-- of the list; and the search in every language, as lexemes beside each message.

alter table conversation
  add column heard_version integer not null default 0, -- version of the newest news from outside: unread below it
  add column heard_at      timestamptz,
  add column listed_at     timestamptz,                -- place in the list: the last message, or the end of a snooze
  add column kinds         text[] not null default '{}', -- kinds of mail in it, sent and received
  add column last_mailbox_id uuid,
  add column snoozed_until timestamptz,
  add column snoozed_by    uuid references person,
  add column woken_at      timestamptz,                -- came back from a snooze and nobody has turned it since
  add column withdrawn_by  uuid references person;     -- only this owner of its mailboxes sees it
-- Rows are filled as the role that stands above the walls; the owner of the tables sees none.
set local role kontor_definer;
update conversation c set listed_at = last_at,
  heard_version = case when last_direction = 'in' then version else 0 end,
  heard_at = case when last_direction = 'in' then last_at end,
  kinds = array(select distinct coalesce(s.kind, m.kind) from message m
      left join submission s on s.workspace_id = m.workspace_id and s.id = m.submission_id
    where m.workspace_id = c.workspace_id and m.contact_id = c.contact_id and m.campaign_id is not distinct from c.campaign_id),
  last_mailbox_id = (select m.mailbox_id from message m where m.workspace_id = c.workspace_id and m.contact_id = c.contact_id
      and m.campaign_id is not distinct from c.campaign_id order by m.occurred_at desc, m.id desc limit 1);
set local role kontor_owner;
alter table conversation alter column listed_at set not null;
drop index conversation_list;
create index conversation_list on conversation (workspace_id, team_state, listed_at desc, id desc) where snoozed_until is null;
create index conversation_asleep on conversation (snoozed_until) where snoozed_until is not null;
create index conversation_assigned on conversation (workspace_id, assignee_id, team_state, listed_at desc, id desc)
  where snoozed_until is null and assignee_id is not null;

alter table conversation_read add column unread boolean not null default false; -- marked by hand, or mentioned there

-- What turned a conversation, in order: a number (version) for what was said, none for what a person did with it.
create table conversation_turn (
  workspace_id    uuid not null,
  id              uuid not null,
  conversation_id uuid not null,
  version         integer,
  kind            text not null check (kind in ('heard', 'wrote', 'sent', 'assigned', 'done', 'reopened', 'snoozed', 'woke', 'withdrawn', 'returned')),
  person_id       uuid references person,
  detail          jsonb not null default '{}',
  at              timestamptz not null default kontor_now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  check ((kind in ('heard', 'wrote', 'sent')) = (version is not null))
);
create unique index conversation_turn_version on conversation_turn (workspace_id, conversation_id, version) where version is not null;
create index conversation_turn_of on conversation_turn (workspace_id, conversation_id, at, id);
call kontor_raise_wall('conversation_turn');

create table note_mention (
  workspace_id uuid not null,
  note_id      uuid not null,
  person_id    uuid not null references person,
  primary key (workspace_id, note_id, person_id),
  foreign key (workspace_id, note_id) references note on delete cascade
);
create index note_mention_of on note_mention (workspace_id, person_id);
call kontor_raise_wall('note_mention');

-- Conversations whose snooze is over, across workspaces: ids only.
create function due_snoozes(p_limit integer) returns table (workspace_id uuid, conversation_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select c.workspace_id, c.id from conversation c where c.snoozed_until <= kontor_now() order by c.snoozed_until limit p_limit
$f$;
alter function due_snoozes(integer) owner to kontor_definer;

-- Search. Letters without case and marks (ß is ss, ø is o); words of languages with spaces as they are, found by their
-- beginning; runs of scripts without spaces as pairs of characters and the last one alone, so that any part is found.
create function search_fold(p text) returns text language sql immutable parallel safe
  return normalize(regexp_replace(normalize(
    translate(replace(replace(replace(replace(lower(normalize(p, nfkc) collate pg_c_utf8), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
      'øłđðıħ', 'olddih'), nfd), '[\u0300-\u036f]', '', 'g'), nfc);
-- Müller is also written Mueller.
create function search_umlaut(p text) returns text language sql immutable parallel safe
  return replace(replace(replace(lower(normalize(p, nfkc) collate pg_c_utf8), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue');
create function search_unspaced() returns text language sql immutable parallel safe
  return '[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303b\u3041-\u30fa\u30fc-\u30ff\u3105-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff\u0e01-\u0e3e\u0e40-\u0e4e\u0e81-\u0ecd\u1000-\u1049\u1780-\u17d3]';
create function search_terms(p_folded text) returns text[] language sql immutable parallel safe
  return array(select left(w, 60) from regexp_split_to_table(
    regexp_replace(p_folded, search_unspaced(), ' ', 'g') collate pg_c_utf8, '[[:space:][:punct:][:cntrl:]]+') w where w <> '');
create function search_runs(p_folded text) returns text[] language sql immutable parallel safe
  return array(select r[1] from regexp_matches(p_folded, search_unspaced() || '+', 'g') r);
create function search_pairs(p_run text) returns text[] language sql immutable parallel safe
  return array(select c || coalesce(lead(c) over (order by n), '') from unnest(string_to_array(p_run, null)) with ordinality as u(c, n));

-- The lexemes of a text, with one for its workspace, so that the index itself stays inside the walls.
create function search_words(p_workspace uuid, p_text text) returns tsvector language plpgsql immutable parallel safe
  set search_path = public, pg_temp as $f$
declare
  v_text text := left(p_text, 100000);
  v_plain text := search_fold(v_text);
  v_german text := search_fold(search_umlaut(v_text));
  v_found text[] := search_terms(v_plain);
begin
  if v_german <> v_plain then v_found := v_found || search_terms(v_german); end if;
  v_found := v_found || array(select p from unnest(search_runs(v_plain)) r, unnest(search_pairs(r)) p);
  return array_to_tsvector(array(select distinct w from unnest(v_found || ('@' || p_workspace)) w));
end $f$;

create function search_prefix(p_word text) returns text language sql immutable parallel safe
  return quote_literal(p_word) || case when char_length(p_word) > 1 then ':*' else '' end;

-- What somebody typed: every word must begin a word, every run must lie inside a run. Null when there is nothing to look for.
create function search_query(p_workspace uuid, p_text text) returns tsquery language plpgsql immutable parallel safe
  set search_path = public, pg_temp as $f$
declare
  v_plain text := search_fold(left(p_text, 400));
  v_terms text[] := (search_terms(v_plain))[1:12];
  v_german text[] := (search_terms(search_fold(search_umlaut(left(p_text, 400)))))[1:12];
  v_parts text[] := '{}';
  v_run text;
  v_one text;
begin
  for i in 1 .. cardinality(v_terms) loop
    v_one := search_prefix(v_terms[i]);
    if v_german[i] is not null and v_german[i] <> v_terms[i] then
      v_one := '(' || v_one || ' | ' || search_prefix(v_german[i]) || ')';
    end if;
    v_parts := v_parts || v_one;
  end loop;
  foreach v_run in array (search_runs(v_plain))[1:12] loop
    if char_length(v_run) = 1 then v_parts := v_parts || (quote_literal(v_run) || ':*');
    else
      v_parts := v_parts || array(select quote_literal(p) from unnest(search_pairs(v_run)) p where char_length(p) = 2);
    end if;
  end loop;
  if v_parts = '{}' then return null; end if;
  return (array_to_string(v_parts || quote_literal('@' || p_workspace), ' & '))::tsquery;
end $f$;

alter table message add column words tsvector;
create function message_words() returns trigger language plpgsql as $f$
declare
  v_name text := (select name from contact where workspace_id = new.workspace_id and id = new.contact_id);
begin
  new.words := search_words(new.workspace_id, concat_ws(' ', v_name, new.subject, new.from_name, new.from_address,
    array_to_string(new.to_addresses, ' '), new.text));
  return new;
end $f$;
create trigger message_words before insert or update of contact_id, subject, text on message
  for each row execute function message_words();
set local role kontor_definer;
update message set subject = subject;
set local role kontor_owner;
create index message_words on message using gin (words);

alter table note add column words tsvector;
create function note_words() returns trigger language plpgsql as $f$
begin
  new.words := search_words(new.workspace_id, new.text);
  return new;
end $f$;
create trigger note_words before insert or update of text on note for each row execute function note_words();
set local role kontor_definer;
update note set text = text;
set local role kontor_owner;
create index note_words on note using gin (words);
create index contact_words on contact using gin (search_words(workspace_id, name || ' ' || handle));

-- Conversations in which something fits, newest first. A definer, because row-level security would forbid the indexes:
-- their operators may not run before the wall. The wall is the first condition, and hidden mailboxes stay hidden.
create function search_conversations(p_text text, p_hidden uuid[], p_limit integer) returns setof uuid
  language plpgsql stable security definer set search_path = public, pg_temp as $f$
declare
  v_workspace uuid := kontor_workspace();
  v_query tsquery := search_query(v_workspace, p_text);
begin
  if v_query is null then return; end if;
  return query
    select c.id from conversation c join (
      select distinct m.contact_id, m.campaign_id from message m
        where m.workspace_id = v_workspace and m.words @@ v_query and m.mailbox_id <> all (p_hidden)
      union select distinct c.contact_id, c.campaign_id from note n
        join conversation c on c.workspace_id = n.workspace_id and c.id = n.conversation_id
        where n.workspace_id = v_workspace and n.words @@ v_query
      union select c.contact_id, c.campaign_id from contact k
        join conversation c on c.workspace_id = k.workspace_id and c.contact_id = k.id
        where k.workspace_id = v_workspace and search_words(k.workspace_id, k.name || ' ' || k.handle) @@ v_query
    ) f on c.workspace_id = v_workspace and c.contact_id = f.contact_id and c.campaign_id is not distinct from f.campaign_id
    order by c.listed_at desc, c.id desc limit p_limit;
end $f$;
alter function search_conversations(text, uuid[], integer) owner to kontor_definer;
