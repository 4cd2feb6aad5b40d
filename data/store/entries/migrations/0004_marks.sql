create table marks (
    id integer primary key,
    day text not null,
    until text,
    title text not null,
    kind text not null,
    kpi text,
    dimension text,
    member text,
    entered_at text not null,
    removed_at text
)
