-- People are told that mails come back on the account of their mailbox: one report alone stops nothing.
alter table notice drop constraint notice_kind_check, add constraint notice_kind_check
  check (kind in ('mailbox_broken', 'in_doubt', 'mention', 'queue_long', 'reply', 'follow_up_due', 'follow_up_by_hand', 'returned'));
alter table notice_choice drop constraint notice_choice_kind_check, add constraint notice_choice_kind_check
  check (kind in ('mailbox_broken', 'in_doubt', 'mention', 'queue_long', 'reply', 'follow_up_due', 'follow_up_by_hand', 'returned'));
