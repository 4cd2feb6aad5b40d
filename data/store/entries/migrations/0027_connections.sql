create table connections (
    id integer primary key,
    name text not null unique,
    kind text not null,
    settings text not null,
    rhythm text not null,
    account text,
    branch text,
    fact text,
    takes text not null check (takes in ('rows', 'days')),
    is_paused integer not null default 0,
    created_at text not null,
    created_by text not null
) strict;
create table connection_states (
    connection integer primary key references connections(id) on delete cascade,
    state text not null default '{}',
    next_at text,
    running_by text,
    tried_at text,
    came_at text,
    failures integer not null default 0,
    failing_since text,
    is_stopped integer not null default 0,
    trouble text
) strict;
create table collections (
    id integer primary key,
    connection integer not null references connections(id) on delete cascade,
    began_at text not null,
    ended_at text,
    outcome text not null check (outcome in ('running', 'came', 'nothing', 'waiting', 'failed', 'cut')),
    files integer not null default 0,
    rows_new integer not null default 0,
    rows_changed integer not null default 0,
    rejected integer not null default 0,
    findings integer not null default 0,
    notes text not null default '[]',
    trouble text,
    next_at text
) strict;
create index collections_of on collections (connection, id);
create table arrivals (
    id integer primary key,
    connection integer not null references connections(id) on delete cascade,
    collection integer not null,
    key text not null,
    sha256 text not null,
    name text not null,
    given text not null,
    at text not null,
    outcome text not null check (outcome in ('arrived', 'loaded', 'waiting', 'refused', 'put_away')),
    imports text not null default '[]',
    rows_in integer not null default 0,
    trouble text,
    decided_at text
) strict;
create index arrivals_of on arrivals (connection, key, id)
