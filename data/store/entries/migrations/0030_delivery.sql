create table delivery_channels (
    id integer primary key autoincrement,
    name text not null unique,
    kind text not null,
    settings text not null,
    entered_at text not null
);
create table deliveries (
    id integer primary key autoincrement,
    what text not null,
    source text not null,
    occasion text not null,
    recipient text not null,
    channel integer not null,
    name text not null,
    state text not null check (
        state in ('due', 'preparing', 'sending', 'sent', 'failed', 'uncertain', 'missed', 'settled')
    ),
    due_at text not null,
    next_at text,
    attempts integer not null default 0,
    life text,
    reason text,
    receipt text not null default '',
    content text,
    key text not null unique,
    changed_at text not null,
    unique (source, occasion, recipient, channel)
);
create index deliveries_next on deliveries (next_at) where next_at is not null;
create table addressees (
    id integer primary key autoincrement,
    name text not null,
    email text not null,
    chat text not null,
    scope text not null,
    money text not null check (money in ('shown', 'rounded', 'hidden')),
    entered_at text not null,
    removed_at text
);
create table clockwork (
    name text primary key,
    failed_since text not null,
    failed_at text not null,
    fault text not null
) without rowid
