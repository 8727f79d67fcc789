-- Whoever writes many rows at once renews the planner's statistics in the same transaction. Autovacuum comes a minute later;
-- until then a list of ten thousand influencers took half a minute to open.

grant maintain on contact, contact_address, member, submission to kontor_app;
