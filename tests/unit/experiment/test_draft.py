"""A design from a file: everything in it is read, and what is wrong is named."""

from datetime import date

import pytest

from data.errors import UserError
from data.store.entries import Guard
from kpi.experiment.draft import from_toml, from_values

WHOLE = """
title = "New titles"
hypothesis = "They say the price."
kpi = "contact_rate"
dimension = "ad_id"
a = ["1", 2]
b = "3"
b_is = "price in the title"
start = 2026-11-10
days = 42
baseline = 84
matters = 15
worth = 400
[guards]
order_rate = 10
[where]
city = ["Химки", "Мытищи"]
account = "Авито Область"
"""


def test_everything_is_read() -> None:
    design = from_toml(WHOLE)
    assert (design.a, design.b) == (("1", "2"), ("3",))
    assert (design.start, design.end, design.days, design.baseline) == (date(2026, 11, 10), date(2026, 12, 21), 42, 84)
    assert design.guards == (Guard("order_rate", 10.0),)
    assert design.where == (("account", ("Авито Область",)), ("city", ("Химки", "Мытищи")))
    assert (design.matters, design.matters_in, design.worth, design.alpha) == (15.0, "percent", 400.0, 5.0)
    assert (design.hypothesis, design.a_is, design.b_is) == ("They say the price.", "", "price in the title")


def test_eight_weeks_where_no_end_is_said() -> None:
    assert from_toml(WHOLE.replace("days = 42\n", "")).days == 56
    assert from_toml(WHOLE.replace("days = 42", 'end = "2026-11-30"')).end == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ("matters = 15", "maters = 15", "There is no field «maters». Did you mean matters"),
        ('kpi = "contact_rate"\n', "", "Not said: kpi"),
        ("matters = 15", 'matters = "15"', "«matters» is a number"),
        ("matters = 15", "matters = true", "«matters» is a number"),
        ('b = "3"', "b = [3.5]", "«b» is a list of members"),
        ('title = "New titles"', "title = 7", "«title» is a text"),
        ("start = 2026-11-10", 'start = "10.11.2026"', "«start» is a day"),
        ("baseline = 84", 'baseline = 84\nmatters_in = "roubles"', "not «roubles»"),
        ("[guards]\norder_rate = 10", "guards = 5", "«guards» is a table"),
        ("start = 2026-11-10", "start = ", "This is no TOML"),
    ],
)
def test_what_is_wrong_is_named(was: str, now: str, why: str) -> None:
    assert was in WHOLE
    text = WHOLE.replace(was, now)
    if now == "guards = 5":
        text = "guards = 5\n" + WHOLE.replace(was, "")
    with pytest.raises(UserError) as error:
        from_toml(text)
    assert why in str(error.value)


def test_values_that_were_not_said_are_at_their_defaults() -> None:
    design = from_values(
        {"title": "T", "kpi": "views", "dimension": "city", "a": ["x"], "b": ["y"], "start": date(2026, 1, 5)}
    )
    assert (design.baseline, design.matters, design.power, design.guards, design.where) == (56, 10.0, 80.0, (), ())
