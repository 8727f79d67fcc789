-- A new access token that is refused is no proof that the permission has ended: it may be a clock or a bad minute of the
-- provider's. How long it has gone on decides.
alter table oauth_grant
  add column refused_since timestamptz,
  add column refused_at timestamptz;
