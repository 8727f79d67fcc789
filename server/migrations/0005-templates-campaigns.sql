-- Texts with frozen versions, and campaigns with their members and applications.
create table campaign (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  name         text not null,
  status       text not null default 'draft' check (status in ('draft', 'running', 'paused', 'closed')),
  brief        jsonb not null,
  mailbox_id   uuid,
  brand_name   text not null default '',
  brand_colour text not null default '#2A3FC4' check (brand_colour ~ '^#[0-9a-fA-F]{6}$'),
  formality    text not null default 'du' check (formality in ('du', 'sie')),
  created_by   uuid not null references person,
  created_at   timestamptz not null default kontor_now(),
  closed_at    timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references mailbox
);
call kontor_raise_wall('campaign');

create table template (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  campaign_id  uuid,
  kind         text not null check (kind in ('invitation', 'approval', 'bulk', 'rejection')),
  language     text not null check (language in ('en', 'de')),
  version      integer not null default 1,
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaign
);
create unique index template_of_campaign on template (workspace_id, campaign_id, kind, language);
call kontor_raise_wall('template');
create table template_version (
  workspace_id uuid not null,
  template_id  uuid not null,
  version      integer not null,
  subject      text not null,
  body         text not null,
  author_id    uuid references person,
  created_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, template_id, version),
  foreign key (workspace_id, template_id) references template
);
call kontor_raise_wall('template_version');
revoke update, delete on template_version from kontor_app;

create table member (
  workspace_id uuid not null,
  id           uuid not null,
  campaign_id  uuid not null,
  contact_id   uuid not null,
  state        text not null default 'added'
               check (state in ('added', 'invited', 'viewed', 'applied', 'approved', 'rejected', 'withdrawn', 'declined')),
  state_at     timestamptz not null default kontor_now(),
  token        text not null,   -- personal link: opaque, found by its hash
  token_hash   bytea not null,
  created_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaign,
  foreign key (workspace_id, contact_id) references contact,
  unique (workspace_id, campaign_id, contact_id)
);
create unique index member_token on member (workspace_id, token_hash);
create index member_stage on member (workspace_id, campaign_id, state, id);
call kontor_raise_wall('member');
create function member_transition() returns trigger language plpgsql as $f$
begin
  if (old.state, new.state) not in (
    ('added', 'invited'), ('added', 'viewed'), ('added', 'applied'), ('added', 'declined'),
    ('invited', 'viewed'), ('invited', 'applied'), ('invited', 'declined'),
    ('viewed', 'applied'), ('viewed', 'declined'),
    ('applied', 'approved'), ('applied', 'rejected'), ('applied', 'withdrawn'),
    ('approved', 'withdrawn'), ('rejected', 'withdrawn'),
    ('withdrawn', 'applied'), ('declined', 'applied')
  ) then
    raise exception 'a member cannot go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $f$;
create trigger member_moves before update of state on member for each row
  when (old.state is distinct from new.state) execute function member_transition();

create table application (
  workspace_id uuid not null,
  id           uuid not null,
  member_id    uuid not null,
  message      text not null,
  applied_at   timestamptz not null default kontor_now(),
  decision     text check (decision in ('approved', 'rejected')),
  decided_by   uuid references person,
  decided_at   timestamptz,
  decision_sent_at timestamptz,
  withdrawn_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member
);
-- One open application per member.
create unique index application_open on application (workspace_id, member_id) where withdrawn_at is null;
call kontor_raise_wall('application');

-- One press of "send": the same key twice is the same launch.
create table launch (
  workspace_id uuid not null,
  id           uuid not null,
  campaign_id  uuid not null,
  key          text not null,
  wish         bytea not null,      -- hash of what was asked for under this key
  queued       integer not null default 0,
  left_out     integer not null default 0,
  created_by   uuid not null references person,
  created_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, id),
  unique (workspace_id, campaign_id, key),
  foreign key (workspace_id, campaign_id) references campaign
);
call kontor_raise_wall('launch');
