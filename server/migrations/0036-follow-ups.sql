-- Follow-ups: up to three further mails to whoever has not answered, each so many days after the one before was accepted.
-- Where Kontor cannot see answers, each is a reminder to the team instead.

-- What comes after a launch, in its order, from texts that are frozen like those of the launch.
create table follow_up (
  workspace_id uuid not null,
  launch_id    uuid not null,
  n            smallint not null check (n between 1 and 3),
  after_days   smallint not null check (after_days between 1 and 30),
  versions     jsonb not null,      -- language → the frozen template version
  changed_by   uuid not null references person,
  changed_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, launch_id, n),
  foreign key (workspace_id, launch_id) references launch
);
call kontor_raise_wall('follow_up');

-- Where one person stands among them. The course bears the id of the mail that it began with, which knows the person, the
-- place in the campaign and the mailbox.
create table follow_up_course (
  workspace_id  uuid not null,
  submission_id uuid not null,
  launch_id     uuid not null,
  n             smallint not null default 1 check (n between 1 and 4),  -- the follow-up that comes next
  after_id      uuid not null,       -- the mail that it follows
  due_at        timestamptz,         -- null: the mail before has not been accepted yet
  look_at       timestamptz,         -- when it is looked at next; later than due_at while something holds it back
  state         text not null default 'waiting' check (state in ('waiting', 'reminder', 'done', 'stopped')),
  why           text,                -- code of why it was stopped
  by            uuid references person,
  settled_at    timestamptz,
  primary key (workspace_id, submission_id),
  foreign key (workspace_id, submission_id) references submission,
  foreign key (workspace_id, after_id) references submission,
  foreign key (workspace_id, launch_id) references launch,
  check ((state = 'stopped') = (why is not null)),
  check ((state in ('done', 'stopped')) = (settled_at is not null)),
  check (state <> 'reminder' or due_at is not null)
);
create index follow_up_course_of_launch on follow_up_course (workspace_id, launch_id, state);
create index follow_up_course_after on follow_up_course (workspace_id, after_id);
create index follow_up_course_due on follow_up_course (look_at) where state = 'waiting' and look_at is not null;
call kontor_raise_wall('follow_up_course');

-- The follow-ups that entered the outbox: each follow-up of a course is one mail, whoever puts it there.
create table follow_up_mail (
  workspace_id  uuid not null,
  course_id     uuid not null,
  n             smallint not null check (n between 1 and 3),
  submission_id uuid not null,
  sent_by       uuid references person,   -- a person sent it from a reminder
  primary key (workspace_id, course_id, n),
  unique (workspace_id, submission_id),
  foreign key (workspace_id, course_id) references follow_up_course,
  foreign key (workspace_id, submission_id) references submission
);
call kontor_raise_wall('follow_up_mail');

-- Workspaces in which a follow-up is due, or one is held until its mailbox has been read again.
create function due_follow_ups(p_limit integer) returns table (workspace_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $f$
  select distinct d.workspace_id from (
    (select c.workspace_id from follow_up_course c
     where c.state = 'waiting' and c.look_at <= kontor_now() order by c.look_at limit p_limit)
    union all
    (select s.workspace_id from submission s join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
     where s.state = 'held' and s.reason->>'code' = 'answers_unchecked'
       and m.last_checked_at > kontor_now() - interval '1 hour' limit p_limit)) d
$f$;
alter function due_follow_ups(integer) owner to kontor_definer;

alter table notice drop constraint notice_kind_check, add constraint notice_kind_check
  check (kind in ('mailbox_broken', 'in_doubt', 'mention', 'queue_long', 'reply', 'follow_up_due', 'follow_up_by_hand'));
alter table notice_choice drop constraint notice_choice_kind_check, add constraint notice_choice_kind_check
  check (kind in ('mailbox_broken', 'in_doubt', 'mention', 'queue_long', 'reply', 'follow_up_due', 'follow_up_by_hand'));
