-- A message that broke a limit of reading is shown as text, with a note: which limits they were ('bytes', 'parts',
-- 'depth-or-headers', 'layout', 'effort').
alter table message add column over_limit text[] not null default '{}';

-- Why an open outage is not over: the kind of failure with which the last look in it ended.
alter table outage_report add column held_by text;
