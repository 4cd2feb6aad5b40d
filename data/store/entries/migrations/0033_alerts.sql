create table alert_rules (
    id integer primary key,
    settings text not null,
    active integer not null check (active in (0, 1)),
    created_at text not null,
    removed_at text
);
create table alerts (
    id integer primary key,
    rule integer not null,
    rights text not null,
    kind text not null,
    subject text not null,
    place text not null,
    period text not null,
    content text not null,
    size real not null,
    found_at text not null,
    seen_at text not null,
    acknowledged_at text,
    acknowledged_by text,
    acknowledged_size real,
    over_at text
);
create unique index alerts_open on alerts (rule, rights, kind, subject, place, period) where over_at is null;
create index alerts_found on alerts (found_at);
create table alert_messages (
    id integer primary key,
    rule integer not null,
    recipient text not null,
    rights text not null,
    lines text not null,
    made_at text not null,
    closed_at text
);
create table alert_tellings (
    message integer not null references alert_messages (id) on delete cascade,
    alert integer not null references alerts (id) on delete cascade,
    recipient text not null,
    size real not null,
    told_at text not null,
    primary key (message, alert)
);
create index alert_tellings_alert on alert_tellings (alert, recipient);
create table alert_links (
    token_hash text primary key,
    message integer not null references alert_messages (id) on delete cascade,
    made_at text not null,
    expires_at text not null
)
