create table comments (
    id integer primary key,
    kpi text not null,
    since text not null,
    until text not null,
    dimension text,
    member text,
    author text not null,
    person integer,
    text text not null,
    entered_at text not null,
    removed_at text
);
create index comments_kpi on comments (kpi, since, until);
create table comment_mentions (
    comment integer not null references comments (id) on delete cascade,
    person integer not null,
    seen_at text,
    primary key (comment, person)
)
