-- The team's unit of work over threads: one influencer in one campaign, or outside any.
create table conversation (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  contact_id   uuid not null,
  campaign_id  uuid,
  team_state   text not null default 'waiting' check (team_state in ('needs_reply', 'waiting', 'done')),
  assignee_id  uuid references person,
  subject      text not null default '',
  snippet      text not null default '',
  last_at      timestamptz not null,
  last_direction text not null check (last_direction in ('in', 'out')),
  version      integer not null default 1,
  primary key (workspace_id, id),
  unique nulls not distinct (workspace_id, contact_id, campaign_id),
  foreign key (workspace_id, contact_id) references contact,
  foreign key (workspace_id, campaign_id) references campaign
);
create index conversation_list on conversation (workspace_id, team_state, last_at desc, id desc);
call kontor_raise_wall('conversation');

create table conversation_read (
  workspace_id    uuid not null,
  conversation_id uuid not null,
  person_id       uuid not null references person,
  version         integer not null,
  primary key (workspace_id, conversation_id, person_id),
  foreign key (workspace_id, conversation_id) references conversation
);
call kontor_raise_wall('conversation_read');

create table answering (
  workspace_id    uuid not null,
  conversation_id uuid not null,
  person_id       uuid not null references person,
  until           timestamptz not null,
  primary key (workspace_id, conversation_id, person_id),
  foreign key (workspace_id, conversation_id) references conversation
);
call kontor_raise_wall('answering');

create table note (
  workspace_id    uuid not null,
  id              uuid not null,
  conversation_id uuid not null,
  author_id       uuid not null references person,
  text            text not null,
  at              timestamptz not null default kontor_now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation
);
create index note_of on note (workspace_id, conversation_id, at);
call kontor_raise_wall('note');
