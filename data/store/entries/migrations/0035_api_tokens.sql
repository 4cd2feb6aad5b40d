create table api_tokens (
    id integer primary key,
    token_hash text not null unique,
    title text not null,
    areas text not null,
    scope text not null,
    since text,
    until text,
    money text not null check (money in ('shown', 'rounded', 'hidden')),
    card text,
    sites text not null,
    created_at text not null,
    created_by text not null,
    expires_at text,
    used integer not null default 0,
    used_at text,
    revoked_at text
)
