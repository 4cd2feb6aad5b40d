"""Each derived relation against figures worked out by hand."""

from datetime import date, datetime

from tests.unit.store.derived import TODAY, database, derived, fill


def day(n: int, month: int = 10) -> date:
    return date(2026, month, n)


def at(n: int, hour: int = 12) -> datetime:
    return datetime(2026, 10, n, hour)


def test_visits_count_each_clients_done_orders() -> None:
    cursor = database()
    orders = [
        {"finished_at": at(1), "status": "done", "client": "+7 (900) 111-22-33", "employee": "Ann"},
        {"finished_at": at(5), "status": "done", "client": "89001112233"},
        {"finished_at": at(9), "status": "done", "client": "Анна, 900 111-22-33"},
        {"finished_at": at(3), "status": "done", "client": "Иван  Петров", "branch": "North"},
        {"finished_at": at(4), "status": "done", "client": "иван петров", "branch": "North"},
        {"finished_at": at(6), "status": "done", "client": "Иван Петров", "branch": "South"},
        {"finished_at": at(7), "status": "cancelled", "client": "89001112233"},
        {"finished_at": at(8), "status": "done", "client": None},
    ]
    fill(cursor, "orders", orders)
    assert derived(cursor, "visits", "visit_no, visited_at, first_at, next_at", "client_id, visit_no")
    by_first = cursor.execute(
        "select day(first_at), list((visit_no, day(visited_at), day(next_at)) order by visit_no)"
        " from visits group by client_id, first_at order by 1"
    ).fetchall()
    assert by_first == [
        (1, [(1, 1, 5), (2, 5, 9), (3, 9, None)]),
        (3, [(1, 3, 4), (2, 4, None)]),
        (6, [(1, 6, None)]),
    ]
    assert cursor.execute("select employee from visits where day(visited_at) = 1").fetchall() == [("Ann",)]


def test_an_order_of_several_lines_is_one_visit() -> None:
    cursor = database()
    line = {"finished_at": at(1), "status": "done", "client": "Bob", "key": 7}
    fill(cursor, "orders", [line, {**line, "service": "Cut"}, {**line, "finished_at": at(2), "key": 8}])
    assert derived(cursor, "visits", "visit_no, _day") == [(1, day(1)), (2, day(2))]


def test_a_visit_without_a_finish_is_at_its_appointment() -> None:
    cursor = database()
    fill(cursor, "orders", [{"scheduled_at": at(2), "created_at": at(1), "status": "done", "client": "Bob"}])
    assert derived(cursor, "visits", "visited_at, _day") == [(at(2), day(2))]


def test_a_post_ends_where_the_next_begins_or_the_person_leaves() -> None:
    cursor = database()
    fill(
        cursor, "staff",
        [
            {"employee": "Ann", "hired_on": day(1), "team": "A"},
            {"employee": "Ann", "hired_on": day(1), "valid_from": day(10), "team": "B", "left_on": day(20)},
            {"employee": "Bob", "hired_on": day(5), "team": "A"},
        ],
    )  # fmt: skip
    assert derived(cursor, "staff_posts", "employee, team, match_branch, valid_from, valid_to") == [
        ("Ann", "A", None, day(1), day(10)),
        ("Ann", "B", None, day(10), day(21)),
        ("Bob", "A", None, day(5), None),
    ]


def test_one_name_in_two_branches_is_two_persons_but_a_move_is_one() -> None:
    cursor = database()
    fill(
        cursor, "staff",
        [
            {"employee": "Ivan", "hired_on": day(1), "branch": "North", "team": "N"},
            {"employee": "Ivan", "hired_on": day(3), "branch": "South", "team": "S"},
            {"employee": "Olga", "hired_on": day(1), "valid_from": day(1), "branch": "North"},
            {"employee": "Olga", "hired_on": day(1), "valid_from": day(9), "branch": "South"},
        ],
    )  # fmt: skip
    assert derived(cursor, "staff_posts", "employee, branch, match_branch, valid_from, valid_to") == [
        ("Ivan", "North", "North", day(1), None),
        ("Ivan", "South", "South", day(3), None),
        ("Olga", "North", None, day(1), day(9)),
        ("Olga", "South", None, day(9), None),
    ]


def test_staff_days_run_from_hiring_to_leaving() -> None:
    cursor = database()
    fill(
        cursor, "staff",
        [
            {"employee": "Ann", "hired_on": day(1), "team": "A"},
            {"employee": "Ann", "hired_on": day(1), "valid_from": day(3), "team": "B", "left_on": day(4)},
            {"employee": "Bob", "team": "A"},
        ],
    )  # fmt: skip
    assert derived(cursor, "staff_days", "_day, employee, team, tenure_days, hired_on") == [
        (day(1), "Ann", "A", 0, day(1)),
        (day(2), "Ann", "A", 1, day(1)),
        (day(3), "Ann", "B", 2, day(1)),
        (day(4), "Ann", "B", 3, day(1)),
    ]


def test_busy_hours_come_from_orders_where_a_shift_has_none() -> None:
    cursor = database()
    shift = {"employee": "Ann", "planned_hours": 8, "worked_hours": 8}
    fill(
        cursor, "shifts",
        [{**shift, "date": day(1)}, {**shift, "date": day(2), "busy_hours": 5}, {**shift, "date": day(3)},
         {**shift, "date": day(4)}, {**shift, "date": day(9)}, {**shift, "date": day(3), "employee": "Bob"}],
    )  # fmt: skip
    order = {"status": "done", "employee": "Ann"}
    fill(
        cursor, "orders",
        [{**order, "started_at": at(1, 10), "finished_at": at(1, 12)},
         {**order, "started_at": at(1, 13), "finished_at": datetime(2026, 10, 1, 13, 30)},
         {**order, "started_at": at(2, 10), "finished_at": at(2, 20)},
         {**order, "started_at": at(4, 12), "finished_at": at(4, 10)},
         {**order, "started_at": at(4, 10), "finished_at": at(4, 11), "key": 5},
         {**order, "started_at": at(4, 10), "finished_at": at(4, 11), "key": 5}],
        2,
    )  # fmt: skip
    assert derived(cursor, "shift_days", "_day, employee, busy_hours, busy_derived") == [
        (day(1), "Ann", 2.5, True),
        (day(2), "Ann", 5, False),
        (day(3), "Ann", 0, True),
        (day(3), "Bob", None, False),
        (day(4), "Ann", 1, True),
        (day(9), "Ann", None, False),
    ]


def test_an_ads_total_is_spread_evenly() -> None:
    cursor = database()
    fill(cursor, "ads", [{"ad_id": "x", "period_start": day(1), "period_end": day(4), "spend": 100, "views": None}])
    assert derived(cursor, "ad_days", "_day, spend, views, is_spread") == [
        (day(n), 25.0, None, True) for n in (1, 2, 3, 4)
    ]


def test_overlapping_periods_of_an_ad_are_never_added() -> None:
    cursor = database()
    ad = {"ad_id": "x"}
    fill(cursor, "ads", [{**ad, "period_start": day(1), "period_end": day(10), "spend": 100, "views": 5}])
    fill(cursor, "ads", [{**ad, "period_start": day(9), "period_end": day(12), "spend": 40, "views": 80}], 2)
    fill(cursor, "ads", [{**ad, "period_start": day(10), "period_end": day(10), "spend": 31, "views": 1}], 3)
    # Day 10 is the daily row's; 9, 11 and 12 share 40 − 31 = 9; days 1 to 8 share 100 − (3 + 31) = 66.
    spent = [(day(n), 8.25, True) for n in range(1, 9)]
    spent += [(day(9), 3.0, True), (day(10), 31.0, False), (day(11), 3.0, True), (day(12), 3.0, True)]
    assert derived(cursor, "ad_days", "_day, spend, is_spread") == spent
    # 79 views on each of … the longer row says less than the finer ones: nothing is left for its own days, never less.
    views = dict(cursor.execute("select _day, views from ad_days").fetchall())
    assert [round(views[day(n)], 6) for n in (1, 9, 10)] == [0, round(79 / 3, 6), 1]


def test_of_equal_periods_the_latest_import_wins_a_day() -> None:
    cursor = database()
    fill(cursor, "ads", [{"ad_id": "x", "period_start": day(1), "period_end": day(3), "spend": 30}])
    fill(cursor, "ads", [{"ad_id": "x", "period_start": day(3), "period_end": day(5), "spend": 60}], 2)
    assert derived(cursor, "ad_days", "_day, spend") == [
        (day(1), 5.0), (day(2), 5.0), (day(3), 20.0), (day(4), 20.0), (day(5), 20.0),
    ]  # fmt: skip


def test_lines_of_one_ad_and_period_add_up() -> None:
    cursor = database()
    line = {"ad_id": "x", "period_start": day(1), "period_end": day(2), "key": 5}
    fill(cursor, "ads", [{**line, "city": "Omsk", "spend": 30}, {**line, "city": "Tver", "spend": 10}])
    fill(cursor, "ads", [{"ad_id": "x", "period_start": day(2), "spend": 8}], 2)
    assert derived(cursor, "ad_days", "_day, city, spend") == [
        (day(1), "Omsk", 24.0), (day(1), "Tver", 8.0), (day(2), None, 8.0),
    ]  # fmt: skip


def test_other_accounts_ads_are_other_ads() -> None:
    cursor = database()
    fill(cursor, "ads", [{"ad_id": "x", "period_start": day(1), "spend": 3, "account": name} for name in ("A", "B")])
    assert derived(cursor, "ad_days", "account, spend") == [("A", 3.0), ("B", 3.0)]


def test_costs_come_from_ads_or_expenses_never_both() -> None:
    cursor = database()
    fill(cursor, "ads", [{"ad_id": "x", "period_start": day(1), "spend": 100, "account": "A"}])
    cost = {"kind": "marketing", "amount": 7}
    fill(
        cursor, "expenses",
        [{**cost, "date": day(5), "account": "A"}, {**cost, "date": day(5), "account": "B"}, {**cost, "date": day(5)},
         {**cost, "date": day(5, 9), "account": "A"}, {**cost, "date": day(5, 9)}, {"kind": "rent", "amount": 9,
          "date": day(5, 9)}],
    )  # fmt: skip
    derived(cursor, "ad_days", "1")
    assert derived(cursor, "ad_costs", "_day, account, amount, origin") == [
        (day(5, 9), "A", 7.0, "expenses"),
        (day(5, 9), None, 7.0, "expenses"),
        (day(1), "A", 100.0, "ads"),
        (day(5), "B", 7.0, "expenses"),
    ]


def test_nothing_loaded_gives_nothing() -> None:
    cursor = database()
    for name in ("visits", "staff_posts", "staff_days", "shift_days", "ad_days", "ad_costs"):
        assert derived(cursor, name, "*") == []
    assert TODAY.year == 2026
