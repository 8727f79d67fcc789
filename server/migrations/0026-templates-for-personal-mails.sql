-- A template may also be one for personal mails, which a person fills in and sends one by one.
alter table template_set drop constraint template_set_kind_check,
  add constraint template_set_kind_check check (kind in ('direct', 'invitation', 'approval', 'bulk', 'rejection'));
alter table template drop constraint template_kind_check,
  add constraint template_kind_check check (kind in ('direct', 'invitation', 'approval', 'bulk', 'rejection'));
