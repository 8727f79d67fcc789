-- Whoever belongs to a mailbox belongs to its workspace.
alter table submission drop constraint submission_workspace_id_fkey;

-- Many mails that begin at once are looked at as a set.
drop trigger submission_begins on submission;
drop function submission_begins();
create function submissions_begin() returns trigger language plpgsql set search_path = public, pg_temp as $f$
declare
  v_state text;
begin
  select state into v_state from begun where state not in ('queued', 'held') limit 1;
  if found then raise exception 'a submission begins queued or held, not %', v_state using errcode = 'check_violation'; end if;
  return null;
end $f$;
create trigger submissions_begin after insert on submission referencing new table as begun
  for each statement execute function submissions_begin();

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
