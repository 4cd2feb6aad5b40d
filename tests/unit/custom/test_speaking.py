"""What is said in a language is read back as the same formula, and what is suggested can be put."""

import pytest

from data.expression import parse, written
from kpi.catalogue import catalogue
from kpi.custom.binding import Known, bind
from kpi.custom.completion import Circle, complete, everything
from kpi.custom.examples import EXAMPLES
from kpi.custom.speaking import spoken
from kpi.custom.words import ALL
from kpi.language import language
from tests.unit.custom.attacks import ATTACKS

FORMULAS = [
    *(one for _, one in EXAMPLES), *(word.example for word in ALL),
    "count(orders, not (is_rework or is_complaint) and status not in ('done', 'open') and revenue is not null)",
    "share(is_rework is null = true)", "count(orders, weekday = '6' and service = 'x''y')",
    "count(expenses, kind = 'rent')",
    "count_distinct(orders.client)", "count(orders.employee = 'Anna') / count(visits)",
    "-(revenue - expenses) / -2", "revenue - (expenses - 1.5) * 2", "count(ideas, status = 'implemented')",
]  # fmt: skip


@pytest.mark.parametrize("code", ["ru", "en"])
@pytest.mark.parametrize("formula", FORMULAS)
def test_spoken_reads_back(formula: str, code: str, what: Known) -> None:
    tree = bind(formula, what)
    said = spoken(tree, what, language(code))
    assert bind(said, what) == tree, said


def test_russian_is_russian(what: Known) -> None:
    said = spoken(bind("share(is_rework, status = 'done' and not is_complaint)", what), what, language("ru"))
    assert said == "доля(Переделки, Статус = 'Выполнен' и не Жалобы)" or "доля(" in said
    assert not any("a" <= letter <= "z" for letter in said), said


@pytest.mark.parametrize("kpi", [kpi.id for kpi in catalogue() if kpi.kind != "stage"])
def test_written_reads_back(kpi: str) -> None:
    tree = parse(catalogue().get(kpi).definition)
    assert parse(written(tree)) == tree


def circle(what: Known, code: str) -> Circle:
    loaded = {"orders", "reviews", "expenses"}
    members = {"branch": ("Центр", "Север"), "service": ("Стрижка 'Люкс'",)}
    return Circle(what, language(code), lambda table, _: table.relation in loaded, lambda name: members.get(name, ()))


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("", "en", "share("),
        ("sha", "en", "share("),
        ("до", "ru", "доля("),
        ("share(rev", "en", "revenue"),
        ("доля(Выр", "ru", "Выручка"),
        ("total(revenue, sta", "en", "status"),
        ("share(revenue > 5, status = ", "en", "'done'"),
        ("доля(Выручка > 5, Статус = '", "ru", "'Выполнен'"),
        ("share(revenue > 5, branch = ", "en", "'Центр'"),
        ("share(revenue > 5, service in (", "en", "'Стрижка ''Люкс'''"),
        ("share(revenue ", "en", "> "),
        ("count(", "en", "orders"),
        ("revenue ", "en", "/ "),
        ("revenue / aver", "en", "average_ticket"),
        ("count_distinct(cli", "en", "orders.client"),
    ],
)
def test_what_may_come_next(text: str, code: str, expected: str, what: Known) -> None:
    found = complete(text, circle(what, code))
    assert expected in [one.insert for one in found.found]
    assert (
        found.put(text, next(one for one in found.found if one.insert == expected)).strip().endswith(expected.strip())
    )


@pytest.mark.parametrize("code", ["ru", "en"])
def test_everything_that_is_offered_is_known(code: str, what: Known) -> None:
    for one in everything(circle(what, code)):
        if one.group == "kpi":
            assert bind(one.insert, what)
        if one.group == "column":
            assert bind(f"share(is_null({one.insert}))", what) if "." in one.insert or one.of == "Orders" else True


@pytest.mark.parametrize("text", ATTACKS, ids=lambda text: ascii(text[:40]))
def test_nothing_that_is_typed_breaks_the_help(text: str, what: Known) -> None:
    for end in range(0, min(len(text), 60), 7):
        complete(text[:end], circle(what, "ru"))
    complete(text, circle(what, "en"))
