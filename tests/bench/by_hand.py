"""The SQL one would write by hand for all KPIs of Operations over 24 months, whole and by branch."""

BY_HAND = """
with live as (select * from fact_orders where _live),
by_day as (
    select
        date_trunc('month', _day) as month, branch, grouping(branch) as is_total,
        count(*) filter (status = 'done') as orders_done,
        median(epoch(finished_at - created_at) / 3600) filter (status = 'done') as lead_time_hours,
        count(*) filter (status = 'done' and finished_at is not null and created_at is not null) as lead_time_used,
        median(epoch(finished_at - started_at) / 3600) filter (status = 'done') as service_time_hours,
        count(*) filter (status = 'done' and finished_at is not null and started_at is not null) as service_time_used,
        100.0 * count(*) filter (status = 'done' and finished_at <= promised_at)
            / nullif(count(*) filter (status = 'done' and (finished_at <= promised_at) is not null), 0) as on_time_rate,
        count(*) filter (status = 'done' and (finished_at <= promised_at) is not null) as on_time_used,
        100.0 * count(*) filter (status in ('done', 'no_show') and is_prebooked)
            / nullif(count(*) filter (status in ('done', 'no_show') and is_prebooked is not null), 0)
            as prebooked_share,
        count(*) filter (status in ('done', 'no_show') and is_prebooked is not null) as prebooked_used,
        100.0 * count(*) filter (status = 'no_show')
            / nullif(count(*) filter (status in ('done', 'no_show', 'cancelled')), 0) as no_show_rate,
        100.0 * count(*) filter (status = 'cancelled')
            / nullif(count(*) filter (status in ('done', 'no_show', 'cancelled')), 0) as cancellation_rate,
        count(*) filter (status in ('done', 'no_show', 'cancelled')) as bookings,
        count(*) filter (status = 'done') / nullif(count(distinct _day) filter (status = 'done'), 0) as orders_per_day
    from live where _day between '2024-11-01' and '2026-10-31'
    group by grouping sets ((month), (month, branch))
),
by_creation as (
    select
        date_trunc('month', created_at) as month, branch, grouping(branch) as is_total,
        median(epoch(responded_at - created_at) / 60) as response_minutes,
        count(responded_at) as response_used,
        100.0 * count(*) filter (responded_at <= created_at + interval 15 minute) / count(*) as responded_in_15_min,
        count(*) as enquiries
    from live where created_at >= '2024-11-01' and created_at < '2026-11-01'
    group by grouping sets ((month), (month, branch))
)
select * from by_day left join by_creation
    on by_day.month = by_creation.month and by_day.is_total = by_creation.is_total
    and by_day.branch is not distinct from by_creation.branch
order by by_day.month, by_day.is_total desc, by_day.branch
"""
