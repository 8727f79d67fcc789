-- A practice workspace can be emptied while others still write in it: a row that somebody commits between two deletes
-- makes its table one to be emptied again, instead of standing in the way for good.

drop function practice_workspace_empty();
create function practice_workspace_empty() returns void language plpgsql security definer
  set search_path = public, pg_temp as $f$
declare
  v_workspace uuid := kontor_workspace();
  v_tables    text[];
  v_table     text;
  v_held      text[];
begin
  perform from workspace where workspace_id = v_workspace and mode = 'practice' for update;
  if not found then
    raise exception 'only a practice workspace can be emptied' using errcode = 'insufficient_privilege';
  end if;
  select array_agg(c.relname::text order by c.relname) into v_tables
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relrowsecurity and c.relname not in ('workspace', 'membership', 'workspace_invitation');
  -- the longest chain of tables that refer to one another, and whoever was writing meanwhile
  for v_round in 1 .. cardinality(v_tables) + 10 loop
    v_held := '{}';
    foreach v_table in array v_tables loop
      begin
        execute format('delete from %I where workspace_id = $1', v_table) using v_workspace;
      exception when foreign_key_violation then
        v_held := v_held || v_table;
      end;
    end loop;
    exit when v_held = '{}';
  end loop;
  if v_held <> '{}' then
    raise exception 'these tables refer to one another in a circle: %', v_held;
  end if;
  update workspace set mode = 'undecided' where workspace_id = v_workspace;
end $f$;
alter function practice_workspace_empty() owner to kontor_definer;
