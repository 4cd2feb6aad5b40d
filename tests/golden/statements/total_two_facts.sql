with windows as materialized (select unnest($p1::integer[]) as wid, unnest($p2::date[]) as since, unnest($p3::date[]) as until),
spine as materialized (select unnest($p4::date[]) as period, unnest($p1::integer[]) as kind, unnest($p1::integer[]) as w0, unnest($p5::integer[]) as days0, unnest($p6::boolean[]) as loaded_s0, unnest($p6::boolean[]) as loaded_s1),
s0 as materialized (select wid, true as is_total, null::varchar as slice, count(*) as s0_0 from (select * from (select *, case when day between $p7 and $p8 then 2 when day between $p9 and $p10 then 1 when day between $p11 and $p12 then 0 end as wid, null as slice_ from (select t._day as day from fact_reviews t where (cast(t."employee" as varchar) in ($p13) or cast(t."employee" as varchar) is null) and t._day between $p7 and $p12 and t._live)) where wid is not null) group by wid),
s1 as materialized (select wid, true as is_total, null::varchar as slice, count(*) filter (where ("status" = $p0)) as s1_0, count(*) filter (where ("status" = $p0) is not false) as s1_1 from (select * from (select *, case when day between $p7 and $p8 then 2 when day between $p9 and $p10 then 1 when day between $p11 and $p12 then 0 end as wid, null as slice_ from (select t._day as day, t."status" as "status" from fact_orders t where (cast(t."employee" as varchar) in ($p13) or cast(t."employee" as varchar) is null) and t._day between $p7 and $p12 and t._live)) where wid is not null) group by wid),
slices as materialized (select true as is_total, null::varchar as slice),
leaf as (select p.period, p.kind, k.is_total, k.slice, p.days0, case when p.loaded_s0 then coalesce(s0.s0_0, 0) end as s0_0, case when p.loaded_s1 then coalesce(s1.s1_0, 0) end as s1_0, case when p.loaded_s1 then coalesce(s1.s1_1, 0) end as s1_1 from spine p cross join slices k left join s0 on s0.wid = p.w0 and s0.is_total = k.is_total and s0.slice is not distinct from k.slice left join s1 on s1.wid = p.w0 and s1.is_total = k.is_total and s1.slice is not distinct from k.slice),
kpi as materialized (select period, kind, is_total, slice, ((($p14::double * s0_0::double) / nullif(s1_0, 0)))::double as v0, s0_0 as r0, s0_0 as u0, s0_0 as e0, s1_0 as r1, s1_0 as u1, s1_1 as e1 from leaf)
select n.period, n.is_total, n.slice, n.v0, b.v0 as p0, y.v0 as y0, n.r0, n.u0, n.e0, coalesce(n.e0, 0) + coalesce(b.e0, 0) + coalesce(y.e0, 0) as x0, n.r1, n.u1, n.e1, coalesce(n.e1, 0) + coalesce(b.e1, 0) + coalesce(y.e1, 0) as x1 from kpi n left join kpi b on b.kind = 1 and b.period = n.period and b.is_total = n.is_total and b.slice is not distinct from n.slice left join kpi y on y.kind = 2 and y.period = n.period and y.is_total = n.is_total and y.slice is not distinct from n.slice where n.kind = 0 order by n.is_total desc, n.slice nulls last, n.period
-- $p0 = 'done'
-- $p1 = [0, 1, 2]
-- $p2 = [datetime.date(2026, 9, 1), datetime.date(2026, 8, 1), datetime.date(2025, 9, 1)]
-- $p3 = [datetime.date(2026, 9, 30), datetime.date(2026, 8, 31), datetime.date(2025, 9, 30)]
-- $p4 = [datetime.date(2026, 9, 1), datetime.date(2026, 9, 1), datetime.date(2026, 9, 1)]
-- $p5 = [30, 31, 30]
-- $p6 = [True, True, False]
-- $p7 = datetime.date(2025, 9, 1)
-- $p8 = datetime.date(2025, 9, 30)
-- $p9 = datetime.date(2026, 8, 1)
-- $p10 = datetime.date(2026, 8, 31)
-- $p11 = datetime.date(2026, 9, 1)
-- $p12 = datetime.date(2026, 9, 30)
-- $p13 = "Анна'; drop"
-- $p14 = 100
