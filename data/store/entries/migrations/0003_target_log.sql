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
create table old_changes as
    select id as old, entered_at as at, kpi, dimension, member, good_low, good_high, ok_low, ok_high, source, valid_from,
        case when coalesce(good_low, good_high, ok_low, ok_high) is null then 'none' else 'fixed' end as kind
    from targets
    union all
    select id + 0.5, max(entered_at, date(valid_to, '+1 day')), kpi, dimension, member, null, null, null, null, '',
        date(valid_to, '+1 day'), 'none'
    from targets as one
    where valid_to is not null and replaced_at is null and not exists (
        select 1 from targets as next where next.replaced_at is null and next.kpi = one.kpi
        and next.dimension is one.dimension and next.member is one.member
        and next.valid_from = date(one.valid_to, '+1 day'))
    union all
    select id + 0.5, replaced_at, kpi, dimension, member, null, null, null, null, '', valid_from, 'none'
    from targets as one
    where replaced_at is not null and not exists (
        select 1 from targets as next where next.kpi = one.kpi and next.dimension is one.dimension
        and next.member is one.member and next.id > one.id and next.valid_from <= one.valid_from);
insert into target_steps (id, at, who, action, note, file)
    select row_number() over (order by at, old), at, 'this computer', case kind when 'none' then 'remove' else 'set' end,
        '', ''
    from old_changes;
insert into target_changes (id, step, kpi, dimension, member, kind, good_low, good_high, ok_low, ok_high, source, valid_from)
    select row_number() over (order by at, old), row_number() over (order by at, old), kpi, dimension, member, kind,
        good_low, good_high, ok_low, ok_high, source, valid_from
    from old_changes;
drop table old_changes;
drop table targets
