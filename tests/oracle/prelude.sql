-- The tiny business as plain tables, read and derived by hand: nothing here passes through the program.
-- Every *_all table has `day` and the dimensions; the views the oracles read are these, limited to one slice.

create macro during(d) as d between getvariable('since') and getvariable('until');
-- A KPI over several facts reads each until its own last day.
create macro during_orders(d) as d between getvariable('since_orders') and getvariable('until_orders');
create macro during_visits(d) as d between getvariable('since_visits') and getvariable('until_visits');
create macro during_reviews(d) as d between getvariable('since_reviews') and getvariable('until_reviews');
create macro during_expenses(d) as d between getvariable('since_expenses') and getvariable('until_expenses');
create macro during_ad_costs(d) as d between getvariable('since_ad_costs') and getvariable('until_ad_costs');
create macro during_training(d) as d between getvariable('since_training') and getvariable('until_training');
create macro during_ideas(d) as d between getvariable('since_ideas') and getvariable('until_ideas');
create macro during_shifts(d) as d between getvariable('since_shifts') and getvariable('until_shifts');
create macro during_staff_days(d) as d between getvariable('since_staff_days') and getvariable('until_staff_days');
create macro days_of_staff() as getvariable('until_staff_days')::date - getvariable('since_staff_days')::date + 1;
create macro hours(a, b) as epoch(b - a) / 3600;

create table posts as
select employee, role, branch, team, hired_on, left_on,
       coalesce(valid_from, hired_on) as valid_from,
       lead(coalesce(valid_from, hired_on)) over (
           partition by employee order by coalesce(valid_from, hired_on)) as valid_to
from read_csv('{folder}/staff.csv', header = true, all_varchar = false,
    types = {'hired_on': 'date', 'left_on': 'date', 'valid_from': 'date'});

create macro team_of(who, d) as (
    select p.team from posts p
    where p.employee = who and p.valid_from <= d and (p.valid_to is null or d < p.valid_to));

create table orders_all as
with read as (
    select * replace (
        coalesce(is_rework, false) as is_rework, coalesce(is_complaint, false) as is_complaint,
        coalesce(addon_revenue, 0) as addon_revenue)
    from read_csv('{folder}/orders.csv', header = true, types = {
        'order_id': 'varchar', 'client': 'varchar', 'created_at': 'timestamp', 'responded_at': 'timestamp',
        'scheduled_at': 'timestamp', 'promised_at': 'timestamp', 'started_at': 'timestamp',
        'finished_at': 'timestamp', 'paid_at': 'timestamp', 'revenue': 'double', 'addon_revenue': 'double',
        'material_cost': 'double', 'labour_cost': 'double', 'is_rework': 'boolean', 'is_on_time': 'boolean',
        'is_prebooked': 'boolean', 'is_complaint': 'boolean'}))
select *, coalesce(finished_at, scheduled_at, created_at)::date as day,
       concat_ws('|', coalesce(account, ''), coalesce(branch, ''), order_id) as k,
       team_of(employee, coalesce(finished_at, scheduled_at, created_at)::date) as team
from read;

-- A visit is a done order with a client, however many lines it has; a name means a person of that branch only.
create table visits_all as
with orders as (
    select any_value(case when client like '7900%' then client else branch || '|' || client end) as client_id,
           max(finished_at) as visited_at, any_value(account) as account, any_value(employee) as employee,
           any_value(team) as team, any_value(branch) as branch
    from orders_all where status = 'done' and client is not null group by k)
select *, visited_at::date as day,
       row_number() over w as visit_no, first_value(visited_at) over w as first_at, lead(visited_at) over w as next_at
from orders window w as (partition by client_id order by visited_at);

create table staff_days_all as
select p.employee, p.role, p.branch, p.team, p.hired_on, p.left_on, d::date as day, d::date - p.hired_on as tenure_days
from posts p, generate_series(p.valid_from, date '2025-03-12', interval 1 day) s(d)
where (p.valid_to is null or d < p.valid_to) and (p.left_on is null or d <= p.left_on);

create table shifts_all as
select *, date as day, team_of(employee, date) as team
from read_csv('{folder}/shifts.csv', header = true, types = {
    'date': 'date', 'planned_hours': 'double', 'worked_hours': 'double', 'busy_hours': 'double', 'absence': 'varchar'});

create table shift_days_all as
select s.* replace (coalesce(s.busy_hours, (
    select coalesce(sum(spent), 0) from (
        select distinct k, hours(started_at, finished_at) as spent from orders_all o
        where o.employee = s.employee and o.day = s.day and o.status = 'done'))) as busy_hours)
from shifts_all s;

create table reviews_all as
select *, created_at::date as day, team_of(employee, created_at::date) as team
from read_csv('{folder}/reviews.csv', header = true, types = {
    'created_at': 'timestamp', 'answered_at': 'timestamp', 'rating': 'double', 'order_id': 'varchar'});

create table checks_all as
select *, checked_at::date as day, team_of(employee, checked_at::date) as team
from read_csv('{folder}/checks.csv', header = true, types = {'checked_at': 'timestamp', 'passed': 'boolean'});

create table calls_all as
select *, "at"::date as day, team_of(employee, "at"::date) as team
from read_csv('{folder}/calls.csv', header = true, types = {
    'at': 'timestamp', 'wait_seconds': 'double', 'talk_seconds': 'double', 'answered': 'boolean', 'price': 'double'});

create table expenses_all as
select *, date as day
from read_csv('{folder}/expenses.csv', header = true, types = {'date': 'date', 'amount': 'double'});

create table training_all as
select *, date as day, team_of(employee, date) as team
from read_csv('{folder}/training.csv', header = true, types = {'date': 'date', 'hours': 'double', 'cost': 'double'});

create table ideas_all as
select *, date as day, team_of(employee, date) as team
from read_csv('{folder}/ideas.csv', header = true, types = {'date': 'date', 'effect': 'double'});

create table surveys_all as
select * replace (coalesce(team, team_of(employee, answered_at)) as team), answered_at as day
from read_csv('{folder}/surveys.csv', header = true, types = {
    'answered_at': 'date', 'score': 'double', 'scale_min': 'double', 'scale_max': 'double'});

-- A day of an ad belongs to the shortest period covering it; what the finer rows say is taken off the longer one.
create table ad_days_all as
with ads as (
    select row_number() over () as id, period_end - period_start + 1 as length, *
    from read_csv('{folder}/ads.csv', header = true, types = {
        'ad_id': 'varchar', 'period_start': 'date', 'period_end': 'date', 'impressions': 'double', 'views': 'double',
        'contacts': 'double', 'favorites': 'double', 'orders': 'double', 'spend': 'double'})),
days as (
    select a.id, d::date as day from ads a, generate_series(a.period_start, a.period_end, interval 1 day) s(d)
    where not exists (from ads f where f.account = a.account and f.ad_id = a.ad_id and f.length < a.length
                      and d between f.period_start and f.period_end)),
finer as (
    select a.id, coalesce(sum(f.impressions), 0) as impressions, coalesce(sum(f.views), 0) as views,
           coalesce(sum(f.contacts), 0) as contacts, coalesce(sum(f.favorites), 0) as favorites,
           coalesce(sum(f.orders), 0) as orders, coalesce(sum(f.spend), 0) as spend
    from ads a left join ads f on f.account = a.account and f.ad_id = a.ad_id and f.length < a.length
         and f.period_start between a.period_start and a.period_end
    group by a.id),
counted as (select id, count(*) as n from days group by id)
select d.day, a.account, a.ad_id, a.title, a.city,
       case when a.impressions is not null then greatest(a.impressions - f.impressions, 0) / n end as impressions,
       case when a.views is not null then greatest(a.views - f.views, 0) / n end as views,
       case when a.contacts is not null then greatest(a.contacts - f.contacts, 0) / n end as contacts,
       case when a.favorites is not null then greatest(a.favorites - f.favorites, 0) / n end as favorites,
       case when a.orders is not null then greatest(a.orders - f.orders, 0) / n end as orders,
       case when a.spend is not null then greatest(a.spend - f.spend, 0) / n end as spend
from days d join ads a using (id) join finer f using (id) join counted using (id);

create table ad_costs_all as
select day, account, spend as amount from ad_days_all
union all
select day, account, amount from expenses_all e
where kind = 'marketing' and not exists (
    from ad_days_all a where a.account = e.account and date_trunc('month', a.day) = date_trunc('month', e.day));

create table vacancies_all as
select *, opened_at as day, team_of(employee, opened_at) as team
from read_csv('{folder}/vacancies.csv', header = true, types = {
    'vacancy_id': 'varchar', 'opened_at': 'date', 'published_at': 'timestamp', 'closed_at': 'date',
    'planned_hires': 'integer'});

-- Numbers of vacancies repeat from account to account; an application without a recruiter is its vacancy's.
create table joined as
select a.* replace (coalesce(a.employee, v.employee) as employee), a.applied_at::date as day
from read_csv('{folder}/applicants.csv', header = true, types = {
    'vacancy_id': 'varchar', 'applied_at': 'timestamp', 'screened_at': 'date', 'interviewed_at': 'date',
    'offered_at': 'date', 'accepted_at': 'timestamp', 'rejected_at': 'date', 'hired_on': 'date', 'left_on': 'date',
    'performance': 'double', 'manager_score': 'double', 'cost': 'double'}) a
left join vacancies_all v on v.account = a.account and v.vacancy_id = a.vacancy_id;
create table hires_all as select *, team_of(employee, day) as team from joined;

-- A place is taken by the k-th who accepted; one nobody took waits until the vacancy closed, or until the last day.
create table wanted as
select v.*, k.k from vacancies_all v, generate_series(1, coalesce(v.planned_hires, 1)) k(k);
create table places_all as
with accepted as (
    select account, vacancy_id, accepted_at,
           row_number() over (partition by account, vacancy_id order by accepted_at) as k
    from hires_all where accepted_at is not null and vacancy_id is not null)
select w.*, a.accepted_at, a.accepted_at is not null as filled,
       coalesce(a.accepted_at, w.closed_at, case when w.status in ('open', 'on_hold') then timestamp '2025-03-12' end)
           as ended
from wanted w left join accepted a on a.account = w.account and a.vacancy_id = w.vacancy_id and a.k = w.k;

-- Cases, each row beside its case's others. A number is a case of its account; «Approve» is of no use, an hour costs 600.
create table steps as
with read as (
    select *, row_number() over () as line, coalesce(account, 'none') || '/' || case_id as k,
           case when started_at <= "at" then started_at end as began
    from read_csv('{folder}/events.csv', header = true, types = {
        'case_id': 'varchar', 'at': 'timestamp', 'started_at': 'timestamp'}))
select *, team_of(employee, "at"::date) as team,
       (select count(*) from read o where o.k = r.k and (o."at", o.line) < (r."at", r.line)) as place,
       exists (from read o where o.k = r.k and o.activity = r.activity and (o."at", o.line) < (r."at", r.line)) as again
from read r;
create macro one_of(members) as case
    when len(list_distinct(members)) > 1 then '«several»' else list_distinct(members)[1] end;
create macro minutes_of_work(spans) as list_sum(list_transform(generate_series(0, 60 * 24 * 40), lambda m:
    case when len(list_filter(spans, lambda s: s.a <= m and m < s.b)) > 0 then 1 else 0 end));
create table cases_all as
with grouped as (
    select k, max("at") as ended, max("at")::date as day, min(coalesce(began, "at")) as first, list(employee) as people,
           list(team) as teams, list(account) as accounts, list(service) as services, count(*) as events,
           count(*) filter (again) as repeats, count(*) filter (again or activity = 'Approve') as needless,
           sum(epoch("at" - began) / 3600 * 600) filter (again or activity = 'Approve') as cost, count(began) as starts
    from steps group by k),
worked as (
    select k, list({'a': epoch(began - first) // 60, 'b': epoch("at" - first) // 60}) filter (began is not null) as spans
    from steps join grouped using (k) group by k),
pairs as (
    select a.k, bool_or(a.activity = b.activity) as loops, bool_or(a.activity = c.activity and a.activity <> b.activity) as ping_pong,
           count(*) filter (a.employee <> b.employee) as handovers
    from steps a left join steps b on b.k = a.k and b.place = a.place + 1
         left join steps c on c.k = a.k and c.place = a.place + 2 group by a.k)
select day, k, events, repeats, needless, hours(first, ended) as throughput,
       case when starts > 0 then minutes_of_work(spans) / 60 end as work,
       coalesce(loops, false) as loops, coalesce(ping_pong, false) as ping_pong,
       case when len(list_filter(people, lambda p: p is not null)) > 0 then handovers end as handovers,
       case when needless = 0 then 0 else cost end as cost,
       one_of(people) as employee, one_of(teams) as team, one_of(accounts) as account, one_of(services) as service
from grouped join worked using (k) join pairs using (k);
