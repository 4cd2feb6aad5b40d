"""Expressions that want more than to count: every one must be refused, with a reason."""

FILES = """read_csv('/etc/passwd')
read_csv_auto('/etc/passwd')
read_text('/etc/passwd')
read_blob('/etc/shadow')
read_parquet('x.parquet')
read_json('x.json')
read_ndjson('x')
parquet_scan('x')
glob('/*')
sniff_csv('/etc/passwd')
share(read_text('/etc/passwd') = 'x')
count(orders, service = read_text('/etc/passwd'))
total(length(read_blob('/etc/shadow')))
median(getenv('HOME'))
count(orders, getenv('KPI_WORKSPACE') = 'x')
count_distinct(read_csv('orders.csv'))
share(exists(read_csv('x')))
total(revenue, service in (read_text('x')))
write_text('x', 'y')
copy_database('a', 'b')
sqlite_scan('app.sqlite', 'people')
postgres_scan('host=x', 'public', 't')
mysql_query('x', 'select 1')
load_aws_credentials()
http_get('http://example.com')
count(orders, url('http://example.com') = 'x')
iceberg_scan('x')
delta_scan('x')
arrow_scan(1, 2, 3)
pandas_scan(0)""".splitlines()

QUERIES = """select 1
select * from fact_orders
(select 1)
(select count(*) from fact_orders)
share((select true))
count(orders, revenue > (select max(revenue) from fact_orders))
total((select sum(salary) from staff))
count(orders, employee in (select employee from staff))
share(exists (select 1 from fact_staff))
with x as (select 1) select * from x
from fact_orders
values (1)
table fact_orders
describe fact_orders
summarize fact_orders
show tables
show all tables
count(orders) union select 1
count(orders) union all select salary from fact_staff
revenue except select 1
revenue intersect select 1
count(orders) from fact_staff
count(orders) where 1=1
count(orders) group by 1
count(orders) having true
count(orders) order by 1
count(orders) limit 1
count(orders) over ()
count(orders) filter (where true)
total(revenue) over (partition by employee)
sum(distinct revenue)
count(*)
count(distinct client)
any_value(salary)
list(salary)
array_agg(salary)
string_agg(client, ',')
group_concat(client)
first(client)
last(client)
arg_max(client, revenue)
max_by(client, revenue)
histogram(revenue)
quantile_cont(revenue, 0.5)
approx_count_distinct(client)
mode(client)
json_group_array(client)
unnest(list_value(1))
struct_pack(a := 1)
row(1, 2)
map([1], [2])
case when true then 1 else 0 end
count(orders, case when true then true end)
cast(revenue as varchar)
revenue::varchar
total(revenue::double)
try_cast(revenue as int)
total(cast(revenue as double))
count(orders, service like '%x%')
count(orders, service ilike '%')
count(orders, service similar to 'x')
count(orders, service glob '*')
count(orders, service between 'a' and 'b')
count(orders, revenue between 1 and 2)
count(orders, regexp_matches(service, '(a+)+$'))
count(orders, service collate nocase = 'x')
interval '1' day
count(orders, created_at > current_date - interval 1 day)
count(orders, created_at at time zone 'utc' > '2026-01-01')
columns('.*')
total(columns('.*'))
total(*)
orders.*
count(orders.*)""".splitlines()

STATEMENTS = """count(orders); drop table fact_orders
count(orders); select 1
count(orders);
;
;;
drop table fact_orders
delete from fact_orders
truncate fact_orders
update fact_orders set revenue = 0
insert into fact_orders values (1)
create table x as select 1
create or replace view orders as select 1
create macro f(x) as x
alter table fact_orders drop column revenue
attach 'app.sqlite' as people
attach ':memory:' as m
detach people
copy fact_orders to '/tmp/x.csv'
copy (select 1) to '/tmp/x'
export database '/tmp/x'
import database '/tmp/x'
install httpfs
load httpfs
force install httpfs from 'http://example.com'
set memory_limit = '1TB'
set threads to 1000
reset all
pragma database_list
pragma table_info('fact_orders')
pragma enable_external_access = true
call pragma_version()
checkpoint
vacuum
begin transaction
commit
rollback
explain select 1
explain analyze select 1
prepare p as select 1
execute p
deallocate p
use other
grant all to public
total(revenue); attach 'app.sqlite'
share(is_rework); commit
revenue; rollback; drop schema main cascade""".splitlines()

COMMENTS = """count(orders) -- and more
count(orders) /* and more */
count(/* */orders)
count(orders) #
-- count(orders)
/* count(orders) */
share(is_rework --
, status = 'done')
count(orders) --';drop table x
count(orders))--
count(orders)))
((count(orders)
'count(orders)
count(orders, service = 'a' or 'a' = 'a)
count(orders, service = 'a'' or 1=1)
count(orders, service = "a
count(orders, service = 'x' || 'y')
count(orders, service = E'\\x41')
count(orders, service = $$x$$)
count(orders, service = $p0)
count(orders, service = ?)
count(orders, service = :x)
count(orders, service = @x)
$1
$p0
?
:now
{x}
{0.__class__}
%s
%(x)s
${7*7}
{{7*7}}
\\""".splitlines()

SYSTEM = """duckdb_settings()
duckdb_tables()
duckdb_secrets()
pg_catalog.pg_tables
information_schema.tables
sqlite_master
count(sqlite_master)
fact_orders
fact_staff.salary
count(fact_orders)
total(fact_staff.salary)
total(_row)
total(t._line)
count(orders, _live)
count(orders, _import = 1)
count_distinct(orders._key)
total(rowid)
count_distinct(orders.rowid)
current_user
current_setting('temp_directory')
count(orders, current_setting('home_directory') = 'x')
version()
getvariable('x')
set_config('x', 'y')
nextval('s')
txid_current()
pg_sleep(10)
sleep(10)
random()
total(random())
uuid()
now()
today()
__import__('os')
__class__
orders.__class__
eval('1')
exec('1')
open('x')
import os
lambda x: x
total(lambda x: x)
list_transform(orders, x -> x)
system('id')
`rm -rf /`
$(id)
<script>alert(1)</script>
javascript:alert(1)
=cmd|' /C calc'!A0
@SUM(A1)
../../etc/passwd
\\\\server\\share
file:///etc/passwd
http://example.com""".splitlines()

STAFF = """average(surveys.score)
average(surveys.score, survey = 'enps')
average(surveys.score, audience = 'staff')
minimum(surveys.score, response_id = 'r1')
count(surveys)
count(surveys, audience <> 'client')
count(surveys, audience = 'client' or true)
count(surveys, not audience = 'staff')
share(surveys.score > 3, audience = 'client' or audience = 'staff')
share(audience = 'client', surveys.score > 0)
total(surveys.score, audience in ('client', 'staff'))
count_distinct(surveys.comment)
ratio(score, scale_max, survey = 'pulse')
average(surveys.score, audience = 'client') - average(surveys.score)
enps + count(surveys, comment = 'I hate it')""".splitlines()

UNICODE = [
    "ѕhare(is_rework)", "сount(orders)", "count(оrders)", "total(rеvenue)", "ｔｏｔａｌ(revenue)", "total（revenue）",
    "total(revenue，status)", "count(orders)\u037e", "count(orders)；drop table x", "count\u200b(orders)",
    "co\u200dunt(orders)", "count(or\u00adders)", "\ufeffcount(orders)", "count(orders)\x00", "count(orders)\x00; drop",
    "count(orders, service = 'a\x00b')", "count(orders, service = '\u202egnirts')", "count(orders\u2066)\u2069",
    "\u202ecount(orders)", "count(orders, service = '\ud800')", "count(orders, revenue > ٣)", "total(revenue) * ５",
    "total(revenue) ∕ 2", "total(revenue) ⁄ 2", "count(orders, revenue > ²)", "count(orders, revenue > 1e9)",
    "count(orders, revenue > 0x10)", "count(orders, revenue > 1_000)", "count(orders, revenue > .5)",
    "count(orders, revenue > 5.)",
    "total(revenue) ** 2", "total(revenue) ^ 2", "total(revenue) % 2", "total(revenue) // 2", "total(revenue) << 2",
    "total(revenue) & 1", "total(revenue) | 1", "~total(revenue)", "!count(orders)", "count(orders, !is_rework)",
    "count(orders, is_rework && true)", "count(orders, a.b.c = 1)", "orders..revenue", "count(orders[1])",
    "orders->revenue",
    "count(orders) := 1", "count(orders) => 1", "count(orders)\u2028drop table x", "\u2029", "count(ord\U000e0001ers)",
]  # fmt: skip

BOMBS = [
    "(" * 500 + "1" + ")" * 500, "-" * 900 + "revenue", "not " * 200 + "true",
    "count(orders, " + "not " * 100 + "is_rework)",
    "+".join(["revenue"] * 110), "revenue" + "+1" * 300, "share(" * 100 + "is_rework" + ")" * 100,
    "count(orders)" + " " * 2000,
    "a" * 1_500, "'" + "x" * 1_500 + "'", "total(revenue) * " + "9" * 900, "total(revenue) * 1000000000000000",
    "+".join(["total(revenue)"] * 13), "count(orders, service in (" + ", ".join(["'a'"] * 60) + "))",
    "count(orders, service = '" + "x" * 300 + "')", "count(orders, service in ())", "repeat('x', 1000000000)",
    "total(repeat(service, 1000000))", "range(1000000000)", "generate_series(1, 1000000000)",
    "count(range(1000000000))",
    "median(unnest(range(1000000)))", "share(add_days(created_at, 999999999) > now)",
    "share(add_minutes(created_at, 9999999999) > now)", "count(orders, created_at > add_days(now, revenue))",
    "count(orders, add_days(created_at, 0.5) > now)", "count(orders, created_at > date(service))",
    "count(orders, created_at > '99999-01-01')", "count(orders, created_at > '2026-02-31')",
    "first_known(" + ", ".join(["revenue"] * 40) + ")", "coalesce(" * 50 + "1" + ")" * 50,
]  # fmt: skip

ATTACKS = tuple(dict.fromkeys([*FILES, *QUERIES, *STATEMENTS, *COMMENTS, *SYSTEM, *STAFF, *UNICODE, *BOMBS]))
"""All of them."""
