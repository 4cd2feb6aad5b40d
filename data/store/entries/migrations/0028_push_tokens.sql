create table push_tokens (
    id integer primary key,
    connection integer not null references connections(id) on delete cascade,
    token_hash text not null unique,
    created_at text not null,
    created_by text not null,
    used integer not null default 0,
    used_at text,
    revoked_at text
) strict
