create table audits (
    id integer primary key,
    name text not null,
    day text not null,
    body text not null,
    entered_at text not null
)
