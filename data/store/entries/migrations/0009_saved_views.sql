create table saved_views (
    id integer primary key,
    name text not null,
    folded text not null unique,
    page text not null,
    params text not null,
    entered_at text not null
);
