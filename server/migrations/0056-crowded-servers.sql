-- A mail server may count a kept connection as one too many: then the mailbox cannot be looked at beside it.
alter table mailbox_attendance drop constraint mailbox_attendance_off_reason_check;
alter table mailbox_attendance add constraint mailbox_attendance_off_reason_check
  check (off_reason in ('not_offered', 'refused', 'crowded'));
