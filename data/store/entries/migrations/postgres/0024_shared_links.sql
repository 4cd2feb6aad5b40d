-- Where the tables begin in PostgreSQL there are no links of the older form to be moved.
create table shared_links (
    id integer primary key,
    token_hash text not null unique,
    title text not null,
    scope text not null,
    pages text not null,
    page text not null,
    view text not null,
    since text,
    until text,
    money text not null check (money in ('shown', 'rounded', 'hidden')),
    password text,
    created_at text not null,
    created_by text not null,
    expires_at text,
    opened integer not null default 0,
    opened_at text,
    revoked_at text
);
drop table links;
alter table shared_links rename to links
