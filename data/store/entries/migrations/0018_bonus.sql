create table bonus_schemes (
    version integer primary key autoincrement,
    scheme text not null,
    text text not null,
    entered_at text not null,
    is_removed integer not null
);
create index bonus_schemes_by_scheme on bonus_schemes (scheme);
create table bonus_snapshots (
    id integer primary key autoincrement,
    scheme text not null,
    version integer not null references bonus_schemes (version),
    month text not null,
    data_version integer not null,
    content text not null,
    sha256 text not null,
    approved_at text not null,
    unique (scheme, month)
);
create table bonus_corrections (
    id integer primary key autoincrement,
    snapshot integer not null references bonus_snapshots (id),
    employee text not null,
    kopecks integer not null,
    reason text not null,
    entered_at text not null
);
create trigger bonus_schemes_stay before update on bonus_schemes begin select raise(abort, 'bonus_schemes: add a version'); end;
create trigger bonus_snapshots_stay before update on bonus_snapshots begin select raise(abort, 'bonus_snapshots: add a correction'); end;
create trigger bonus_corrections_stay before update on bonus_corrections begin select raise(abort, 'bonus_corrections: add another'); end;
