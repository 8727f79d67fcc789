-- A mailbox also waits because mails that its provider had accepted came back on its own account.
alter table mailbox_schedule drop constraint mailbox_schedule_throttled_why_check;
alter table mailbox_schedule add constraint mailbox_schedule_throttled_why_check
  check (throttled_why in ('provider', 'trouble', 'our_config', 'returned'));
