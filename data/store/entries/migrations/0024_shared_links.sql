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
insert into shared_links
    (id, token_hash, title, scope, pages, page, view, money, created_at, created_by, opened, opened_at, revoked_at)
  select id, token_hash, '', json_array(json_array(dimension, json_array(member))), '["bonus", "people"]', 'people', '{}',
    'shown', created_at, '', opened_at is not null, opened_at, revoked_at from links;
drop table links;
alter table shared_links rename to links
