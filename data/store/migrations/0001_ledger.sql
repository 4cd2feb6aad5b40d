-- What every import did; one row an import, one a table of it.
create table imports (
    import integer not null,
    begun_at timestamp not null,
    file varchar not null,
    sha256 varchar not null,
    extension varchar not null,
    options json not null,
    undone_at timestamp
);
create table import_parts (
    import integer not null,
    part integer not null,
    fact varchar not null,
    sheet varchar,
    source varchar not null,
    stem varchar not null,
    mapping json not null,
    columns json not null,
    extras json not null,
    header json not null,
    replaces_from date,
    replaces_to date,
    report json not null
);
-- Rows that were not loaded, with the cells as they were found.
create table rejects (
    import integer not null,
    part integer not null,
    line bigint,
    rule varchar,
    reason varchar,
    cells json
);
-- What is loaded of each relation, counted when it was published.
create table relation_states (
    relation varchar not null,
    as_of date not null,
    first_day date,
    last_day date,
    later boolean not null,
    rows bigint not null,
    upcoming bigint not null,
    has_lines boolean not null,
    complete varchar[] not null
);
-- One row: how often the data changed.
create table data_version (version bigint not null);
insert into data_version values (0);
