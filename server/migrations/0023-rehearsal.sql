-- A practice workspace may begin with a story: mailboxes, influencers, campaigns, conversations. The story is told by the
-- product's own acts, step by step; this row says which step comes next and who is at it. And it can all be taken away.

create table rehearsal (
  workspace_id uuid primary key references workspace,
  started_by   uuid not null references person,
  language     text not null check (language in ('en', 'de')),
  state        text not null default 'running' check (state in ('running', 'ready', 'stuck')),
  step         integer not null default 0,      -- steps that are done
  tries        integer not null default 0,      -- of the step that comes next
  made         jsonb not null default '{}',     -- ids that later steps need
  lease_id     uuid,
  leased_until timestamptz,
  started_at   timestamptz not null default kontor_now(),
  check ((lease_id is null) = (leased_until is null)),
  check (state = 'running' or lease_id is null)
);
create index rehearsal_running on rehearsal (started_at) where state = 'running';
call kontor_raise_wall('rehearsal');

-- Stories that wait for somebody to go on with them, across workspaces: ids only.
create function due_rehearsals(p_limit integer) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as $f$
  select workspace_id from rehearsal
  where state = 'running' and (leased_until is null or leased_until <= kontor_now())
  order by started_at limit p_limit
$f$;
alter function due_rehearsals(integer) owner to kontor_definer;

-- Takes everything out of the practice workspace of the transaction: only who belongs to it and open invitations stay,
-- and it is undecided again. Never touches a workspace that is not one for practice. Tables are found in the catalogue,
-- so that one that is added later is emptied too; each is tried again until nothing refers to its rows any more.
create function practice_workspace_empty() returns void language plpgsql security definer
  set search_path = public, pg_temp as $f$
declare
  v_workspace uuid := kontor_workspace();
  v_left      text[];
  v_before    integer;
  v_table     text;
begin
  perform from workspace where workspace_id = v_workspace and mode = 'practice' for update;
  if not found then
    raise exception 'only a practice workspace can be emptied' using errcode = 'insufficient_privilege';
  end if;
  select array_agg(c.relname::text order by c.relname) into v_left
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relrowsecurity and c.relname not in ('workspace', 'membership', 'workspace_invitation');
  loop
    v_before := cardinality(v_left);
    exit when v_before = 0;
    foreach v_table in array v_left loop
      begin
        execute format('delete from %I where workspace_id = $1', v_table) using v_workspace;
        v_left := array_remove(v_left, v_table);
      exception when foreign_key_violation then
        null;
      end;
    end loop;
    if cardinality(v_left) = v_before then
      raise exception 'these tables refer to one another in a circle: %', v_left;
    end if;
  end loop;
  update workspace set mode = 'undecided' where workspace_id = v_workspace;
end $f$;
alter function practice_workspace_empty() owner to kontor_definer;
