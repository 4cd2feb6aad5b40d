create table custom_kpis (
    version integer primary key autoincrement,
    kpi text not null,
    title text not null,
    question text not null,
    formula text not null,
    area text not null,
    unit text not null,
    better text not null,
    good_low real,
    good_high real,
    ok_low real,
    ok_high real,
    min_rows integer not null,
    slice_by text not null,
    entered_at text not null,
    is_removed integer not null
);
create index custom_kpis_by_kpi on custom_kpis (kpi);
