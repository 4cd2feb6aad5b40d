alter table links add column over_at text
