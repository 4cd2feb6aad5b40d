-- What people said about their process, as the cases were counted by it; derived from what they entered.
create table if not exists process_settings (content varchar not null);
