-- What waits in a mailbox that was disconnected is held, moved or cancelled piece by piece, because tens of thousands may wait: how far
-- that is, and whether a person stopped it.
create table waiting_decision (
  workspace_id uuid not null,
  mailbox_id   uuid not null,
  choice       text not null check (choice in ('hold', 'cancel', 'reassign')),
  reassign_to  uuid check ((choice = 'reassign') = (reassign_to is not null)),
  state        text not null default 'running' check (state in ('running', 'stopped', 'done')),
  stopped_why  text check (stopped_why in ('by_person', 'reassign_target') and (state = 'stopped') = (stopped_why is not null)),
  total        integer not null check (total >= 0), -- open when it began
  done         integer not null default 0 check (done >= 0),
  decided_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, mailbox_id),
  foreign key (workspace_id, mailbox_id) references mailbox (workspace_id, id),
  foreign key (workspace_id, reassign_to) references mailbox (workspace_id, id)
);
call kontor_raise_wall('waiting_decision');
