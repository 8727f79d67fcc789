-- Whoever waits for the refresh of another process hears that its lease has ended, with whatever result.
create function grant_lease_ended() returns trigger language plpgsql as $f$
begin
  perform pg_notify('kontor_token', new.id::text);
  return null;
end $f$;
create trigger grant_lease_ended after update of refresh_lease on oauth_grant for each row
  when (old.refresh_lease is not null and new.refresh_lease is null) execute function grant_lease_ended();
