-- Influencers (contacts), their addresses, and addresses we must not write to.
create table contact (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  name         text not null,
  handle       text not null default '',
  language     text not null default 'en' check (language in ('en', 'de')),
  country      text not null default '',
  tags         text[] not null default '{}',
  notes        text not null default '',
  basis        text not null default 'none'
               check (basis in ('asked_us', 'agreed', 'existing_relation', 'public_business_address', 'none')),
  basis_source text not null default '',
  basis_at     timestamptz,
  do_not_contact boolean not null default false,
  created_at   timestamptz not null default kontor_now(),
  deleted_at   timestamptz,   -- no longer in use; the row stays because what left for this person is kept
  primary key (workspace_id, id)
);
create index contact_by_name on contact (workspace_id, lower(name), id) where deleted_at is null;
call kontor_raise_wall('contact');

create table contact_address (
  workspace_id uuid not null,
  contact_id   uuid not null,
  address      text not null,
  address_key  text not null,
  preferred    boolean not null default false,
  created_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, address_key),
  foreign key (workspace_id, contact_id) references contact on delete cascade
);
create index contact_address_of on contact_address (workspace_id, contact_id);
create unique index contact_address_preferred on contact_address (workspace_id, contact_id) where preferred;
call kontor_raise_wall('contact_address');

create table suppression (
  workspace_id uuid not null references workspace,
  address_key  text not null,
  reason       text not null check (reason in ('bounce', 'complaint', 'unsubscribed', 'by_person')),
  evidence     text not null default '',
  since        timestamptz not null default kontor_now(),
  primary key (workspace_id, address_key)
);
call kontor_raise_wall('suppression');

-- What other domains read of a contact, with the reason why it must not be written to.
create view contact_card with (security_invoker = true) as
  select c.workspace_id, c.id, c.name, c.handle, c.language, c.do_not_contact, c.deleted_at is not null as deleted,
         coalesce(a.address, '') as address, coalesce(a.address_key, '') as address_key, s.reason as suppressed
  from contact c
    left join contact_address a on a.workspace_id = c.workspace_id and a.contact_id = c.id and a.preferred
    left join suppression s on s.workspace_id = a.workspace_id and s.address_key = a.address_key;
grant select on contact_card to kontor_app, kontor_definer;
