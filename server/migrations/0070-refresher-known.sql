-- Who refreshes a grant is known to the others while it lives (is_present), so that its death ends its lease.
alter table oauth_grant add column refresh_holder integer;
