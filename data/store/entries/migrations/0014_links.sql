create table links (
    id integer primary key,
    token_hash text not null unique,
    dimension text not null,
    member text not null,
    created_at text not null,
    opened_at text,
    revoked_at text
);
create index links_member on links (dimension, member)
