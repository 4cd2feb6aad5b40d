create table merges (
    id integer primary key,
    name text not null,
    spellings text not null,
    entered_at text not null,
    undone_at text
);
create table different_people (
    one text not null,
    other text not null,
    entered_at text not null,
    primary key (one, other)
);
