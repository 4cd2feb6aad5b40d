"""`kpi`: adding, listing, checking, changing, removing and restoring KPIs of one's own."""

import pytest

from tests.unit.command.conftest import Terminal


def test_a_kpi_is_added_and_equal_to_the_others(loaded: Terminal) -> None:
    formula = "share(revenue > 1000, status = 'done')"
    done = loaded("kpi", "add", "Крупные заказы", formula, "--good-low", "50", "--json")
    assert (done.status, done.err) == (0, "")
    assert (done.json["id"], done.json["unit"], done.json["problem"]) == ("own_krupnye_zakazy", "percent", None)
    (row,) = loaded("value", "own_krupnye_zakazy", "--format", "json").json
    assert row["value"] == pytest.approx(200 / 3)
    assert (row["rows"], row["target"], row["status"]) == (3, 50, "too_few")
    entry = next(one for one in loaded("catalogue", "--json").json if one["id"] == "own_krupnye_zakazy")
    assert (entry["title"], entry["computable"], entry["is_custom"]) == ("Крупные заказы", True, True)
    by = loaded("value", "own_krupnye_zakazy", "--by", "branch", "--format", "json").json
    assert {row["slice"]: row["value"] for row in by} == {None: pytest.approx(200 / 3), "Север": 0, "Центр": 100}


def test_a_kpi_of_kpis(loaded: Terminal) -> None:
    assert loaded("kpi", "add", "Per job", "revenue / orders_done", "--area", "finance").status == 0
    (row,) = loaded("value", "own_per_job", "--format", "json").json
    assert (row["value"], row["unit"]) == (pytest.approx(4000.5 / 3), "money")


def test_check_enters_nothing_and_says_what_is_wrong(loaded: Terminal) -> None:
    done = loaded("kpi", "check", "доля(Переделки, Статус = «Выполнен»)", "--json")
    assert done.status == 0, done.err
    assert done.json["definition"] == "share(is_rework, status = 'done')"
    assert (done.json["unit"], done.json["tables"], done.json["additive"]) == ("percent", ["orders"], False)
    assert [month["used"] for month in done.json["months"]][-1] == 3
    assert loaded("kpi", "list", "--json").json == []
    assert "Read as: share(" in loaded("kpi", "check", "share(is_rework)").out
    wrong = loaded("kpi", "check", "share(revenu > 5)")
    assert wrong.status == 1
    assert "character 7" in wrong.err
    assert "Did you mean revenue" in wrong.err


def test_change_remove_restore(loaded: Terminal) -> None:
    loaded("kpi", "add", "Big", "share(revenue > 1000)", "--slice-by", "branch")
    assert loaded("kpi", "change", "own_big", "--formula", "share(revenue > 1)", "--title", "Small").status == 0
    assert loaded("value", "own_big", "--format", "json").json[0]["value"] == 100
    versions = loaded("kpi", "history", "own_big", "--json").json
    assert [one["title"] for one in versions] == ["Big", "Small"]
    removed = loaded("kpi", "remove", "own_big", "--json").json
    assert loaded("value", "own_big").status == 1
    assert loaded("kpi", "restore", str(removed["restore"])).status == 0
    assert loaded("value", "own_big", "--format", "json").json[0]["value"] == 100
    assert loaded("kpi", "restore", str(versions[0]["version"])).status == 0
    (entry,) = loaded("kpi", "--json").json
    assert (entry["title"], entry["slice_by"], entry["formula"]) == ("Big", ["branch"], "share(revenue > 1000)")
    assert "own_big  Big" in loaded("kpi", "list").out


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["kpi", "remove", "own_nothing"], "own_nothing"),
        (["kpi", "change", "own_nothing", "--title", "X"], "own_nothing"),
        (["kpi", "restore", "77"], "77"),
        (["kpi", "add", "Revenue", "count(orders)"], "already"),
        (["kpi", "add", "X", "1 + 1"], "counts nothing"),
        (["kpi", "add", "X", "count(orders)", "--good-high", "3"], "direction"),
        (["kpi", "add", "X", "count(orders)", "--slice-by", "shoe"], "shoe"),
    ],
)
def test_mistakes_are_sentences(loaded: Terminal, argv: list[str], told: str) -> None:
    done = loaded(*argv)
    assert done.status == 1
    assert told in done.err
    assert loaded("kpi", "--json").json == []


def test_a_column_nobody_mapped_counts_until_it_is_taken_back(terminal: Terminal) -> None:
    head = "Номер заказа;Дата создания;Дата завершения;Статус;Сумма;Чем платили\n"
    rows = ["1;01.10.2026;01.10.2026;Выполнен;100;Наличные", "2;02.10.2026;02.10.2026;Выполнен;200;Карта"]
    rows += ["3;03.10.2026;03.10.2026;Выполнен;300;Наличные", "4;04.10.2026;04.10.2026;Выполнен;400;"]
    terminal.write("касса.csv", head + "\n".join(rows) + "\n")
    assert terminal("import", "касса.csv").status == 0
    done = terminal("kpi", "add", "Наличными", "доля(\"Чем платили\" = 'Наличные')", "--json")
    assert (done.status, done.err) == (0, "")
    (row,) = terminal("value", "own_nalichnymi", "--format", "json").json
    assert (row["value"], row["used"], row["eligible"]) == (pytest.approx(200 / 3), 3, 4)
    assert terminal("imports", "undo", "1").status == 0
    (entry,) = terminal("kpi", "--json").json
    assert "Чем платили" in entry["problem"]
    assert terminal("value", "own_nalichnymi").status == 1
