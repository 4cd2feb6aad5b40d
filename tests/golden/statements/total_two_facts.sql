with windows as materialized (select unnest($p5::integer[]) as wid, unnest($p6::date[]) as since, unnest($p7::date[]) as until, unnest($p8::boolean[]) as is_regular, unnest($p9::integer[]) as days),
periods as materialized (select unnest($p1::date[]) as period, unnest($p2::integer[]) as wid, unnest($p3::integer[]) as prev0, unnest($p4::integer[]) as year0),
s0 as materialized (select $p13 as wid, true as is_total, null::varchar as slice, count(*) as s0_0 from (select *, null as slice_ from (select t._day as day from fact_reviews t where (cast(t."employee" as varchar) in ($p10) or cast(t."employee" as varchar) is null) and t._day between $p11 and $p12 and t._live))
 union all
select $p16 as wid, true as is_total, null::varchar as slice, count(*) as s0_0 from (select *, null as slice_ from (select t._day as day from fact_reviews t where (cast(t."employee" as varchar) in ($p10) or cast(t."employee" as varchar) is null) and t._day between $p14 and $p15 and t._live))
 union all
select $p19 as wid, true as is_total, null::varchar as slice, count(*) as s0_0 from (select *, null as slice_ from (select t._day as day from fact_reviews t where (cast(t."employee" as varchar) in ($p10) or cast(t."employee" as varchar) is null) and t._day between $p17 and $p18 and t._live))),
s1 as materialized (select $p13 as wid, true as is_total, null::varchar as slice, count(*) filter (where ("status" = $p0)) as s1_0, count(*) filter (where ("status" = $p0) is not false) as s1_1 from (select *, null as slice_ from (select t._day as day, t."status" as "status" from fact_orders t where (cast(t."employee" as varchar) in ($p10) or cast(t."employee" as varchar) is null) and t._day between $p11 and $p12 and t._live))
 union all
select $p16 as wid, true as is_total, null::varchar as slice, count(*) filter (where ("status" = $p0)) as s1_0, count(*) filter (where ("status" = $p0) is not false) as s1_1 from (select *, null as slice_ from (select t._day as day, t."status" as "status" from fact_orders t where (cast(t."employee" as varchar) in ($p10) or cast(t."employee" as varchar) is null) and t._day between $p14 and $p15 and t._live))
 union all
select $p19 as wid, true as is_total, null::varchar as slice, count(*) filter (where ("status" = $p0)) as s1_0, count(*) filter (where ("status" = $p0) is not false) as s1_1 from (select *, null as slice_ from (select t._day as day, t."status" as "status" from fact_orders t where (cast(t."employee" as varchar) in ($p10) or cast(t."employee" as varchar) is null) and t._day between $p17 and $p18 and t._live))),
slices as materialized (select true as is_total, null::varchar as slice),
leaf as (select w.wid, k.is_total, k.slice, nullif(w.days, 0) as period_days, case when (w.since <= $p21::date and w.until >= $p20::date) then coalesce(s0.s0_0, 0) end as s0_0, case when (w.since <= $p21::date and w.until >= $p20::date) then coalesce(s1.s1_0, 0) end as s1_0, case when (w.since <= $p21::date and w.until >= $p20::date) then coalesce(s1.s1_1, 0) end as s1_1 from windows w cross join slices k left join s0 on s0.wid = w.wid and s0.is_total = k.is_total and s0.slice is not distinct from k.slice left join s1 on s1.wid = w.wid and s1.is_total = k.is_total and s1.slice is not distinct from k.slice),
kpi as materialized (select wid, is_total, slice, ((($p22 * s0_0) / nullif(s1_0, 0)))::double as v0, s0_0 as r0, s0_0 as u0, s0_0 as e0, s1_0 as r1, s1_0 as u1, s1_1 as e1 from leaf)
select p.period, k.is_total, k.slice, k.v0, prev0.v0 as p0, year0.v0 as y0, k.r0, k.u0, k.e0, k.r1, k.u1, k.e1 from periods p join kpi k on k.wid = p.wid left join kpi prev0 on prev0.wid = p.prev0 and prev0.is_total = k.is_total and prev0.slice is not distinct from k.slice left join kpi year0 on year0.wid = p.year0 and year0.is_total = k.is_total and year0.slice is not distinct from k.slice order by k.is_total desc, k.slice nulls last, p.period
-- $p0 = 'done'
-- $p1 = [datetime.date(2026, 9, 1)]
-- $p2 = [0]
-- $p3 = [1]
-- $p4 = [2]
-- $p5 = [0, 1, 2]
-- $p6 = [datetime.date(2026, 9, 1), datetime.date(2026, 8, 1), datetime.date(2025, 9, 1)]
-- $p7 = [datetime.date(2026, 9, 30), datetime.date(2026, 8, 31), datetime.date(2025, 9, 30)]
-- $p8 = [False, False, False]
-- $p9 = [30, 31, 30]
-- $p10 = "Анна'; drop"
-- $p11 = datetime.date(2026, 9, 1)
-- $p12 = datetime.date(2026, 9, 30)
-- $p13 = 0
-- $p14 = datetime.date(2026, 8, 1)
-- $p15 = datetime.date(2026, 8, 31)
-- $p16 = 1
-- $p17 = datetime.date(2025, 9, 1)
-- $p18 = datetime.date(2025, 9, 30)
-- $p19 = 2
-- $p20 = datetime.date(2026, 1, 1)
-- $p21 = datetime.date(2026, 10, 5)
-- $p22 = 100
