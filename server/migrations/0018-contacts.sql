-- Influencers with everything that is known of them, lists of them read from a file, and two that turn out to be one.

alter table contact
  add column zone            text not null default '',
  add column other_handles   jsonb not null default '[]',  -- [{network, name}], beside the one that lists show
  add column custom          jsonb not null default '{}',  -- variables of the team's own: name → text
  add column agent_name    text not null default '',
  add column agent_address text not null default '',
  add column agent_key     text not null default '',
  add column agent_cc      boolean not null default false,
  add column paused_until    timestamptz,                  -- asked not to be written to before; only the person sets it
  add column merged_into     uuid,
  add check (jsonb_typeof(other_handles) = 'array'),
  add check (jsonb_typeof(custom) = 'object'),
  add check ((agent_address = '') = (agent_key = '')),
  add foreign key (workspace_id, merged_into) references contact;
create index contact_of_agent on contact (workspace_id, agent_key) where agent_key <> '' and deleted_at is null;

create or replace view contact_card with (security_invoker = true) as
  select c.workspace_id, c.id, c.name, c.handle, c.language, c.do_not_contact, c.deleted_at is not null as deleted,
         coalesce(a.address, '') as address, coalesce(a.address_key, '') as address_key, s.reason as suppressed,
         c.country, c.custom, c.agent_name, c.agent_address, c.agent_key, c.agent_cc, c.paused_until, c.basis,
         c.basis_source
  from contact c
    left join contact_address a on a.workspace_id = c.workspace_id and a.contact_id = c.id and a.preferred
    left join suppression s on s.workspace_id = a.workspace_id and s.address_key = a.address_key;

-- A list from a file: its lines as they were read, and what became of each. Read again as often as wished, kept once.
create table contact_import (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  file_name    text not null,
  encoding     text,                -- null until the file was read
  separator    text,
  wish         jsonb,               -- mapping and choices; null until somebody said "import"
  state        text not null default 'sent' check (state in ('sent', 'read', 'running', 'done', 'stopped')),
  lines        integer not null default 0,
  added        integer not null default 0,
  filled       integer not null default 0,
  known        integer not null default 0,
  failed       integer not null default 0,
  created_by   uuid not null references person,
  created_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, id)
);
create index contact_import_list on contact_import (workspace_id, created_at desc, id desc);
call kontor_raise_wall('contact_import');

create table contact_import_part (
  workspace_id uuid not null,
  import_id    uuid not null,
  n            integer not null check (n between 0 and 63),
  content      bytea not null check (octet_length(content) <= 1048576),
  primary key (workspace_id, import_id, n),
  foreign key (workspace_id, import_id) references contact_import on delete cascade
);
alter table contact_import_part alter column content set storage external;
call kontor_raise_wall('contact_import_part');

create table contact_import_line (
  workspace_id uuid not null,
  import_id    uuid not null,
  line         integer not null,    -- as an editor counts them
  cells        text[] not null,
  outcome      text check (outcome in ('added', 'filled', 'known', 'failed')), -- null: not looked at yet
  code         text,                -- why it failed
  detail       text,                -- the heading, the cell or the line that it is about
  contact_id   uuid,
  primary key (workspace_id, import_id, line),
  foreign key (workspace_id, import_id) references contact_import on delete cascade,
  check ((outcome = 'failed') = (code is not null))
);
create index contact_import_open on contact_import_line (workspace_id, import_id, line) where outcome is null;
create index contact_import_person on contact_import_line (workspace_id, import_id, contact_id) where contact_id is not null;
create index contact_import_failed on contact_import_line (workspace_id, import_id, line) where outcome = 'failed';
call kontor_raise_wall('contact_import_line');

-- Links that were sent for a member that another one has taken in.
create table member_alias (
  workspace_id uuid not null,
  token_hash   bytea not null,
  member_id    uuid not null,
  primary key (workspace_id, token_hash),
  foreign key (workspace_id, member_id) references member on delete cascade
);
call kontor_raise_wall('member_alias');

-- Moves every row that names one parent to another, in all tables that have a foreign key to it; a row that has its like
-- there already is dropped. Finds the tables in the catalogue, so that none is forgotten.
create function move_children(p_parent regclass, p_from uuid, p_into uuid) returns void language plpgsql as $f$
declare
  v_child record;
  v_row tid;
begin
  for v_child in
    select k.conrelid::regclass as child, a.attname as col
    from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
    where k.contype = 'f' and k.confrelid = p_parent and array_length(k.conkey, 1) = 2 and k.conrelid <> p_parent
      and k.conparentid = 0
  loop
    for v_row in execute format('select ctid from %s where workspace_id = kontor_workspace() and %I = $1 for update', v_child.child, v_child.col)
      using p_from
    loop
      begin
        execute format('update %s set %I = $1 where ctid = $2', v_child.child, v_child.col) using p_into, v_row;
      exception when unique_violation then
        execute format('delete from %s where ctid = $1', v_child.child) using v_row;
      end;
    end loop;
  end loop;
end $f$;
revoke execute on function move_children(regclass, uuid, uuid) from public;
grant execute on function move_children(regclass, uuid, uuid) to kontor_definer;

-- Two influencers are one: what belonged to `p_from` belongs to `p_into`. Where both are in a campaign, the one who got
-- further stays, with the links and the applications of the other; where both have a conversation, it becomes one.
create function contact_merge(p_from uuid, p_into uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $f$
declare
  v_order constant text[] := array['added', 'invited', 'viewed', 'declined', 'applied', 'withdrawn', 'rejected', 'approved'];
  v_pair record;
begin
  if p_from = p_into then return false; end if;
  perform 1 from contact where workspace_id = kontor_workspace() and id in (p_from, p_into) and deleted_at is null
    order by id for update;
  if (select count(*) from contact where workspace_id = kontor_workspace() and id in (p_from, p_into) and deleted_at is null) <> 2 then
    return false;
  end if;

  for v_pair in
    select case when array_position(v_order, f.state) > array_position(v_order, i.state) then f.id else i.id end as stays,
           case when array_position(v_order, f.state) > array_position(v_order, i.state) then i.id else f.id end as goes
    from member f join member i on i.workspace_id = f.workspace_id and i.campaign_id = f.campaign_id and i.contact_id = p_into
    where f.workspace_id = kontor_workspace() and f.contact_id = p_from
  loop
    if exists (select from application where workspace_id = kontor_workspace() and member_id = v_pair.stays and withdrawn_at is null) then
      update application set withdrawn_at = kontor_now()
      where workspace_id = kontor_workspace() and member_id = v_pair.goes and withdrawn_at is null;
    end if;
    update submission set member_id = v_pair.stays where workspace_id = kontor_workspace() and member_id = v_pair.goes;
    update launch_person set member_id = v_pair.stays where workspace_id = kontor_workspace() and member_id = v_pair.goes;
    insert into member_alias (workspace_id, token_hash, member_id)
      select workspace_id, token_hash, v_pair.stays from member where workspace_id = kontor_workspace() and id = v_pair.goes;
    perform move_children('member', v_pair.goes, v_pair.stays);
    delete from member where workspace_id = kontor_workspace() and id = v_pair.goes;
  end loop;

  for v_pair in
    select i.id as stays, f.id as goes from conversation f
      join conversation i on i.workspace_id = f.workspace_id and i.campaign_id is not distinct from f.campaign_id and i.contact_id = p_into
    where f.workspace_id = kontor_workspace() and f.contact_id = p_from
  loop
    perform move_children('conversation', v_pair.goes, v_pair.stays);
    delete from conversation where workspace_id = kontor_workspace() and id = v_pair.goes;
  end loop;

  update contact_address set preferred = false where workspace_id = kontor_workspace() and contact_id = p_from
    and exists (select from contact_address where workspace_id = kontor_workspace() and contact_id = p_into and preferred);
  perform move_children('contact', p_from, p_into);

  update contact i set
    handle = case when i.handle = '' then f.handle else i.handle end,
    other_handles = (select coalesce(jsonb_agg(distinct h), '[]') from jsonb_array_elements(i.other_handles || f.other_handles
      || case when f.handle not in ('', i.handle) and i.handle <> '' then jsonb_build_array(jsonb_build_object('network', '', 'name', f.handle)) else '[]' end) h),
    country = case when i.country = '' then f.country else i.country end,
    zone = case when i.zone = '' then f.zone else i.zone end,
    tags = array(select distinct t from unnest(i.tags || f.tags) t order by t),
    notes = left(concat_ws(E'\n\n', nullif(i.notes, ''), nullif(f.notes, '')), 10000),
    custom = f.custom || i.custom,
    agent_name = case when i.agent_address = '' then f.agent_name else i.agent_name end,
    agent_cc = case when i.agent_address = '' then f.agent_cc else i.agent_cc end,
    agent_key = case when i.agent_address = '' then f.agent_key else i.agent_key end,
    agent_address = case when i.agent_address = '' then f.agent_address else i.agent_address end,
    basis_at = case when i.basis = 'none' then f.basis_at else i.basis_at end,
    basis_source = case when i.basis = 'none' then f.basis_source else i.basis_source end,
    basis = case when i.basis = 'none' then f.basis else i.basis end,
    do_not_contact = i.do_not_contact or f.do_not_contact,
    paused_until = greatest(i.paused_until, f.paused_until)
  from contact f
  where i.workspace_id = kontor_workspace() and i.id = p_into and f.workspace_id = kontor_workspace() and f.id = p_from;
  update contact set deleted_at = kontor_now(), merged_into = p_into, notes = '', tags = '{}', handle = '', other_handles = '[]',
    custom = '{}', agent_name = '', agent_address = '', agent_key = '', agent_cc = false
  where workspace_id = kontor_workspace() and id = p_from;
  return true;
end $f$;
alter function contact_merge(uuid, uuid) owner to kontor_definer;
