-- The view of visits is made as it is defined today, without previous_at.
drop view if exists visits;
