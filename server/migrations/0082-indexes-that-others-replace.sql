-- Every index of a mail that is written again is written three times on its way. What is leased is a handful, found through
-- its mailboxes' index; a person's mails are few, found through the person's.
drop index submission_expiring;
drop index submission_of_template;
