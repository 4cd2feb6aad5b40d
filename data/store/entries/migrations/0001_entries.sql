create table entries_version (version integer not null);
insert into entries_version values (0);
create table targets (
    id integer primary key,
    kpi text not null,
    dimension text,
    member text,
    good_low real,
    good_high real,
    ok_low real,
    ok_high real,
    source text not null,
    valid_from text not null,
    valid_to text,
    entered_at text not null,
    replaced_at text
);
create table goals (
    id integer primary key,
    sentence text not null,
    measure text not null,
    deadline text,
    owner text not null,
    entered_at text not null
);
create table key_kpis (
    place integer primary key,
    kpi text not null unique,
    goal integer references goals (id) on delete set null
);
create table mappings (
    signature text primary key,
    mappings text not null,
    entered_at text not null
);
create table settings (
    key text primary key,
    value text not null
);
