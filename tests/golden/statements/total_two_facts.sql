with windows as materialized (select unnest($p5::integer[]) as wid, unnest($p6::date[]) as since, unnest($p7::date[]) as until, unnest($p8::integer[]) as days),
periods as materialized (select unnest($p1::date[]) as period, unnest($p2::integer[]) as now0, unnest($p3::integer[]) as prev0, unnest($p4::integer[]) as year0),
s0 as materialized (select $p12 as wid, true as is_total, null::varchar as slice, count(*) as s0_0 from (select *, null as slice_ from (select t._day as day from fact_reviews t where (cast(t."employee" as varchar) in ($p9) or cast(t."employee" as varchar) is null) and t._day between $p10 and $p11 and t._live))
 union all
select $p15 as wid, true as is_total, null::varchar as slice, count(*) as s0_0 from (select *, null as slice_ from (select t._day as day from fact_reviews t where (cast(t."employee" as varchar) in ($p9) or cast(t."employee" as varchar) is null) and t._day between $p13 and $p14 and t._live))
 union all
select $p18 as wid, true as is_total, null::varchar as slice, count(*) as s0_0 from (select *, null as slice_ from (select t._day as day from fact_reviews t where (cast(t."employee" as varchar) in ($p9) or cast(t."employee" as varchar) is null) and t._day between $p16 and $p17 and t._live))),
s1 as materialized (select $p12 as wid, true as is_total, null::varchar as slice, count(*) filter (where ("status" = $p0)) as s1_0, count(*) filter (where ("status" = $p0) is not false) as s1_1 from (select *, null as slice_ from (select t._day as day, t."status" as "status" from fact_orders t where (cast(t."employee" as varchar) in ($p9) or cast(t."employee" as varchar) is null) and t._day between $p10 and $p11 and t._live))
 union all
select $p15 as wid, true as is_total, null::varchar as slice, count(*) filter (where ("status" = $p0)) as s1_0, count(*) filter (where ("status" = $p0) is not false) as s1_1 from (select *, null as slice_ from (select t._day as day, t."status" as "status" from fact_orders t where (cast(t."employee" as varchar) in ($p9) or cast(t."employee" as varchar) is null) and t._day between $p13 and $p14 and t._live))
 union all
select $p18 as wid, true as is_total, null::varchar as slice, count(*) filter (where ("status" = $p0)) as s1_0, count(*) filter (where ("status" = $p0) is not false) as s1_1 from (select *, null as slice_ from (select t._day as day, t."status" as "status" from fact_orders t where (cast(t."employee" as varchar) in ($p9) or cast(t."employee" as varchar) is null) and t._day between $p16 and $p17 and t._live))),
slices as materialized (select true as is_total, null::varchar as slice),
leaf as (select w.wid, k.is_total, k.slice, w.days as period_days, case when (w.since <= $p20::date and w.until >= $p19::date) then coalesce(s0.s0_0, 0) end as s0_0, case when (w.since <= $p20::date and w.until >= $p19::date) then coalesce(s1.s1_0, 0) end as s1_0, case when (w.since <= $p20::date and w.until >= $p19::date) then coalesce(s1.s1_1, 0) end as s1_1 from windows w cross join slices k left join s0 on s0.wid = w.wid and s0.is_total = k.is_total and s0.slice is not distinct from k.slice left join s1 on s1.wid = w.wid and s1.is_total = k.is_total and s1.slice is not distinct from k.slice),
kpi as materialized (select wid, is_total, slice, ((($p21 * s0_0) / nullif(s1_0, 0)))::double as v0, s0_0 as r0, s0_0 as u0, s0_0 as e0, s1_0 as r1, s1_0 as u1, s1_1 as e1 from leaf)
select p.period, s.is_total, s.slice, now0.v0, prev0.v0 as p0, year0.v0 as y0, coalesce(now0.e0, 0) + coalesce(now0.e1, 0) + coalesce(prev0.e0, 0) + coalesce(prev0.e1, 0) + coalesce(year0.e0, 0) + coalesce(year0.e1, 0) as x0, now0.r0 as r0_0, now0.u0 as u0_0, now0.e0 as e0_0, now0.r1 as r0_1, now0.u1 as u0_1, now0.e1 as e0_1 from periods p cross join slices s left join kpi now0 on now0.wid = p.now0 and now0.is_total = s.is_total and now0.slice is not distinct from s.slice left join kpi prev0 on prev0.wid = p.prev0 and prev0.is_total = s.is_total and prev0.slice is not distinct from s.slice left join kpi year0 on year0.wid = p.year0 and year0.is_total = s.is_total and year0.slice is not distinct from s.slice order by s.is_total desc, s.slice nulls last, p.period
-- $p0 = 'done'
-- $p1 = [datetime.date(2026, 9, 1)]
-- $p2 = [0]
-- $p3 = [1]
-- $p4 = [2]
-- $p5 = [0, 1, 2]
-- $p6 = [datetime.date(2026, 9, 1), datetime.date(2026, 8, 1), datetime.date(2025, 9, 1)]
-- $p7 = [datetime.date(2026, 9, 30), datetime.date(2026, 8, 31), datetime.date(2025, 9, 30)]
-- $p8 = [30, 31, 30]
-- $p9 = "Анна'; drop"
-- $p10 = datetime.date(2026, 9, 1)
-- $p11 = datetime.date(2026, 9, 30)
-- $p12 = 0
-- $p13 = datetime.date(2026, 8, 1)
-- $p14 = datetime.date(2026, 8, 31)
-- $p15 = 1
-- $p16 = datetime.date(2025, 9, 1)
-- $p17 = datetime.date(2025, 9, 30)
-- $p18 = 2
-- $p19 = datetime.date(2026, 1, 1)
-- $p20 = datetime.date(2026, 10, 5)
-- $p21 = 100
