"""What formulas are read as, in both languages, and what is said of those that make no sense."""

import pytest

from data.errors import UserError
from data.expression import parse, written
from data.store.entries import CustomKpi
from kpi.catalogue import Catalogue, catalogue
from kpi.custom.binding import Known, bind, known, relations_of
from kpi.custom.definition import made
from kpi.custom.examples import EXAMPLES
from kpi.custom.page import PAGE, page
from kpi.custom.vocabulary import tables
from kpi.custom.words import ALL


@pytest.mark.parametrize(
    ("formula", "read_as", "relations"),
    [
        ("share(revenue > 5000, status = 'done')", "share(revenue > 5000, status = 'done')", {"orders"}),
        ("доля(Выручка > 5000, Статус = «Выполнен»)", "share(revenue > 5000, status = 'done')", {"orders"}),
        ('SHARE(Revenue ≥ 5, Status = "Выполнен")', "share(revenue >= 5, status = 'done')", {"orders"}),
        ("revenue / training_hours", "revenue / training_hours", set()),
        ('"Средний чек" * 2', "average_ticket * 2", set()),
        ("total(revenue) / revenue", "total(revenue) / revenue", {"orders"}),
        ("count(reviews) / count(orders, status = 'done')", "count() / count(status = 'done')", {"reviews", "orders"}),
        ("count(status = 'done') + total(revenue)", "count(status = 'done') + total(revenue)", {"orders"}),
        ("total(contacts) / total(views)", "total(contacts) / total(views)", {"ad_days"}),
        ("count(orders, weekday in (6, 7))", "count(weekday in ('6', '7'))", {"orders"}),
        ("count(orders, day >= '01.10.2026')", "count(day >= date('2026-10-01'))", {"orders"}),
        ("sum(amount, kind = 'Аренда')", "total(amount, kind = 'rent')", {"expenses"}),
        ("count_distinct(visits.client_id)", "count_distinct(client_id)", {"visits"}),
        ("-(revenue - expenses)", "-(revenue - expenses)", set()),
        ("доля(не Переделки и Материалы пусто)", None, set()),
        ("or_zero(total(revenue))", "or_zero(total(revenue))", {"orders"}),
    ],
)
def test_read_as(formula: str, read_as: str | None, relations: set[str], what: Known) -> None:
    if read_as is None:
        with pytest.raises(UserError):
            bind(formula, what)
        return
    tree = bind(formula, what)
    assert written(tree) == read_as
    assert set(relations_of(tree)) == relations


@pytest.mark.parametrize(
    ("formula", "at", "told"),
    [
        ("share(revenu > 5)", 6, "Did you mean revenue"),
        ("доля(Выручк > 5)", 5, "Did you mean Выручка"),
        ("rewenue / 2", 0, "Did you mean revenue"),
        ("shara(is_rework)", 0, "Did you mean share"),
        ("count(orders, status = 'dona')", 23, "done"),
        ("count(orders, status = 'qqqq')", 23, "It knows: 'done'"),
        ("share(status > 'done')", 13, "smaller or larger"),
        ("total(is_rework)", 6, "Here must stand a number, not a condition"),
        ("share(revenue)", 6, "Here must stand a condition, not a number"),
        ("share(revenue = 'many')", 16, "a number with a text"),
        ("material_cost / 2", 0, "total(material_cost)"),
        ("average(average_ticket)", 8, "No table has a column"),
        ("share(total(revenue) > 1)", 6, "counts over all rows"),
        ("hours(created_at, finished_at)", 0, "stands inside a word"),
        ("revenue > 5", 8, "A condition cannot stand here"),
        ("total(revenue, rating > 3)", 0, "No table has all of these columns"),
        ("count_distinct(client)", 15, "orders.client"),
        ("count()", 0, "count(orders)"),
        ("total(orders.rating)", 6, "Orders have no column"),
        ("goals_met * 2", 0, "cannot be a part"),
        ("1 + 1", 2, "counts nothing"),
        ("share(\"Способ оплаты\" = 'Наличные')", 6, "No table has a column «Способ оплаты»"),
        ("period_days * 2", 12, "counts nothing"),
        ("revenue + 'x'", 10, "A text cannot stand here"),
        ("total(revenue, created_at > 'soon')", 28, "A day is written"),
        ("count(orders, weekday = 8)", 24, "Weekdays are 1"),
        ("total(5, status = 'done')", 6, "names no column"),
        ("share(first_of(is_rework, revenue))", 26, "must stand a condition"),
        ("average(visits.client_id)", 8, "not a number that only tells apart"),
        ("median(hours(created_at))", 7, "does not take 1 values"),
    ],
)
def test_what_is_wrong_and_where(formula: str, at: int, told: str, what: Known) -> None:
    with pytest.raises(UserError) as refused:
        bind(formula, what)
    assert getattr(refused.value, "at", None) == at
    assert told in str(refused.value)


@pytest.mark.parametrize("formula", [*(one for _, one in EXAMPLES), *(word.example for word in ALL)])
def test_every_example_is_a_formula(formula: str, what: Known) -> None:
    said = CustomKpi("own_x", "X", "", formula, "finance", "count", "higher")
    assert made(said, what, {}).kpi.definition


def test_built_in_definitions_are_formulas_too(what: Known) -> None:
    """The reader of custom formulas agrees with the catalogue: its definitions read as themselves."""
    tried = 0
    for kpi in catalogue():
        if kpi.relation is not None and kpi.relation in tables() and "audience" not in kpi.definition:
            alone = Known({kpi.relation: what.tables[kpi.relation]}, what.catalogue, what.names)
            assert written(bind(kpi.definition, alone)) == written(parse(kpi.definition)), kpi.id
            tried += 1
    assert tried > 40


def test_a_column_nobody_mapped_can_be_named() -> None:
    found = tables((("orders", ("Способ оплаты", "Revenue")),))
    tree = bind("""share("способ оплаты" = 'Наличные')""", known(found, Catalogue(catalogue().kpis)))
    assert written(tree) == """share("Способ оплаты" = 'Наличные')"""


def test_the_documentation_says_what_is_read() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `python -m kpi.custom.page`"
