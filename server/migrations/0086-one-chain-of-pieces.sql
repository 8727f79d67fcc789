-- Which going on of the decision it is: what was to bring the next piece of an earlier one brings none.
alter table waiting_decision add column run integer not null default 1 check (run >= 1);
