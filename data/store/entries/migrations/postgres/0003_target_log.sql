-- Where the tables begin in PostgreSQL there are no targets of the older form to be moved.
create table target_steps (
    id integer primary key,
    at text not null,
    who text not null,
    action text not null,
    note text not null,
    file text not null,
    undoes integer references target_steps (id),
    undone_at text
);
create table target_changes (
    id integer primary key,
    step integer not null references target_steps (id),
    kpi text not null,
    dimension text,
    member text,
    kind text not null,
    grain text,
    good_low real,
    good_high real,
    ok_low real,
    ok_high real,
    rule text,
    source text not null,
    valid_from text not null,
    valid_to text,
    before text
);
create table target_numbers (
    change integer not null references target_changes (id),
    first_day text not null,
    last_day text not null,
    good_low real,
    good_high real,
    ok_low real,
    ok_high real,
    base real not null,
    resolved_at text not null,
    primary key (change, first_day)
);
create table kpi_views (
    kpi text not null,
    day text not null,
    primary key (kpi, day)
);
drop table targets
