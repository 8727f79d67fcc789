-- Many mails that begin at once are looked at as a set. PostgreSQL asks the other side of a foreign key row by row, with an
-- execution of its own each: two fifths of the time of a launch. Everything is refused that was refused before, with the same
-- code, and whatever is referred to is held in the same way (`for key share`) until the transaction ends.

-- Whoever belongs to a mailbox belongs to its workspace.
alter table submission drop constraint submission_workspace_id_fkey;
alter table submission alter constraint submission_workspace_id_mailbox_id_fkey not enforced;
alter table submission alter constraint submission_workspace_id_contact_id_fkey not enforced;
alter table submission alter constraint submission_workspace_id_campaign_id_fkey not enforced;
alter table submission alter constraint submission_workspace_id_template_id_template_version_fkey not enforced;
alter table submission alter constraint submission_author_id_fkey not enforced;

-- to hold a row is a right to write in it
grant select (id), update (id) on person to kontor_definer;

drop trigger submission_begins on submission;
drop function submission_begins();

-- by indexes alone: a mail of its own looks for one influencer among all
create function submissions_begin() returns trigger language plpgsql security definer set search_path = public, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $f$
declare
  v_state text;
  v_missing text;
begin
  select state into v_state from begun where state not in ('queued', 'held') limit 1;
  if found then raise exception 'a submission begins queued or held, not %', v_state using errcode = 'check_violation'; end if;

  with
    mailboxes as materialized (select distinct workspace_id, mailbox_id from begun),
    contacts as materialized (select distinct workspace_id, contact_id from begun where contact_id is not null),
    campaigns as materialized (select distinct workspace_id, campaign_id from begun where campaign_id is not null),
    versions as materialized (select distinct workspace_id, template_id, template_version from begun
      where template_id is not null and template_version is not null),
    authors as materialized (select distinct author_id from begun where author_id is not null),
    held_mailboxes as materialized (select from mailboxes b join mailbox x
      on x.workspace_id = b.workspace_id and x.id = b.mailbox_id for key share of x),
    held_contacts as materialized (select from contacts b join contact x
      on x.workspace_id = b.workspace_id and x.id = b.contact_id for key share of x),
    held_campaigns as materialized (select from campaigns b join campaign x
      on x.workspace_id = b.workspace_id and x.id = b.campaign_id for key share of x),
    held_versions as materialized (select from versions b join template_version x
      on x.workspace_id = b.workspace_id and x.template_id = b.template_id and x.version = b.template_version for key share of x),
    held_authors as materialized (select from authors b join person x on x.id = b.author_id for key share of x)
  select case
    when (select count(*) from mailboxes) <> (select count(*) from held_mailboxes) then 'mailbox'
    when (select count(*) from contacts) <> (select count(*) from held_contacts) then 'contact'
    when (select count(*) from campaigns) <> (select count(*) from held_campaigns) then 'campaign'
    when (select count(*) from versions) <> (select count(*) from held_versions) then 'template_version'
    when (select count(*) from authors) <> (select count(*) from held_authors) then 'person'
  end into v_missing;
  if v_missing is not null then
    raise exception 'a submission refers to a % that is not there', v_missing using errcode = 'foreign_key_violation';
  end if;
  return null;
end $f$;
alter function submissions_begin() owner to kontor_definer;
create trigger submissions_begin after insert on submission referencing new table as begun
  for each statement execute function submissions_begin();

-- one that is moved elsewhere later
create function submission_refers() returns trigger language plpgsql security definer set search_path = public, pg_temp as $f$
declare
  v_missing text;
begin
  perform from mailbox where workspace_id = new.workspace_id and id = new.mailbox_id for key share;
  if not found then v_missing := 'mailbox'; end if;
  if new.contact_id is not null then
    perform from contact where workspace_id = new.workspace_id and id = new.contact_id for key share;
    if not found then v_missing := 'contact'; end if;
  end if;
  if new.campaign_id is not null then
    perform from campaign where workspace_id = new.workspace_id and id = new.campaign_id for key share;
    if not found then v_missing := 'campaign'; end if;
  end if;
  if new.template_id is not null and new.template_version is not null then
    perform from template_version where workspace_id = new.workspace_id and template_id = new.template_id
      and version = new.template_version for key share;
    if not found then v_missing := 'template_version'; end if;
  end if;
  if new.author_id is not null then
    perform from person where id = new.author_id for key share;
    if not found then v_missing := 'person'; end if;
  end if;
  if v_missing is not null then
    raise exception 'a submission refers to a % that is not there', v_missing using errcode = 'foreign_key_violation';
  end if;
  return null;
end $f$;
alter function submission_refers() owner to kontor_definer;
create trigger submission_refers after update of workspace_id, mailbox_id, contact_id, campaign_id, template_id, template_version, author_id
  on submission for each row when ((old.workspace_id, old.mailbox_id, old.contact_id, old.campaign_id, old.template_id, old.template_version, old.author_id)
    is distinct from (new.workspace_id, new.mailbox_id, new.contact_id, new.campaign_id, new.template_id, new.template_version, new.author_id))
  execute function submission_refers();

-- The other side. The row is locked before this looks: who refers to it has committed, or waits for it and finds it gone.
create function submission_keeps() returns trigger language plpgsql security definer set search_path = public, pg_temp as $f$
declare
  v_kept boolean;
begin
  case tg_table_name
    when 'mailbox' then v_kept := exists (select from submission s where s.workspace_id = old.workspace_id and s.mailbox_id = old.id);
    when 'contact' then v_kept := exists (select from submission s where s.workspace_id = old.workspace_id and s.contact_id = old.id);
    when 'campaign' then v_kept := exists (select from submission s where s.workspace_id = old.workspace_id and s.campaign_id = old.id);
    when 'template_version' then v_kept := exists (select from submission s where s.workspace_id = old.workspace_id
      and s.template_id = old.template_id and s.template_version = old.version);
    when 'person' then v_kept := exists (select from submission s where s.author_id = old.id);
  end case;
  if v_kept then
    raise exception 'submissions refer to this %', tg_table_name using errcode = 'foreign_key_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $f$;
alter function submission_keeps() owner to kontor_definer;

do $$
declare
  d record;
begin
  for d in select * from (values ('mailbox', 'workspace_id, id'), ('contact', 'workspace_id, id'), ('campaign', 'workspace_id, id'),
    ('template_version', 'workspace_id, template_id, version'), ('person', 'id')) x(name, key) loop
    execute format('create trigger submission_keeps before delete on %I for each row execute function submission_keeps()', d.name);
    execute format('create trigger submission_keeps_key before update of %s on %I for each row execute function submission_keeps()', d.key, d.name);
  end loop;
end $$;

-- Checks are read anew for each statement, so each long list of words is paid for with each mail. What states there are is kept
-- by where a submission begins and by its moves; kind and rank are one list.
alter table submission drop constraint submission_state_check, drop constraint submission_kind_check, drop constraint submission_check;
alter table submission
  add constraint submission_rank_check
    check (rank >= 0 and kind = split_part('direct invitation approval bulk rejection', ' ', rank + 1)),
  add constraint submission_kind_check
    check (kind in ('direct', 'invitation', 'approval', 'bulk', 'rejection')) not enforced,
  add constraint submission_state_check
    check (state in ('queued', 'leased', 'accepted', 'failed', 'in_doubt', 'held', 'cancelled', 'suppressed')) not enforced;
