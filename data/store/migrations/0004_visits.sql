-- Visits are a table of their own, made when somebody first reads it; orders carry nothing of them.
drop view if exists visits;
alter table if exists fact_orders drop column if exists _client_id;
alter table if exists fact_orders drop column if exists _visit_no;
alter table if exists fact_orders drop column if exists _first_at;
alter table if exists fact_orders drop column if exists _next_at;
