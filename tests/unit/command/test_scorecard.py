"""`scorecard`, `development`, `audit` and `link` in the terminal."""

from pathlib import Path

from tests.unit.command.conftest import Terminal

ORDERS = "order_id,finished_at,status,revenue,employee\n" + "\n".join(
    f"{n},2026-10-{n:02d},done,{100 if n % 2 else 300},{'Anna' if n % 2 else 'Boris'}" for n in range(1, 31)
)


def loaded(terminal: Terminal) -> None:
    path: Path = terminal.write("orders.csv", ORDERS)
    assert terminal("import", str(path), "--fact", "orders").status == 0


def test_a_person_s_month_as_json(terminal: Terminal) -> None:
    loaded(terminal)
    told = terminal("scorecard", "Anna", "--json", "--month", "2026-10").json
    revenue = next(one for one in told["kpis"] if one["kpi"] == "revenue")
    assert revenue["value"] == 1500
    assert revenue["contribution"] == {"own": 1500, "whole": 6000, "share": 25, "work": None}  # of all: no teams
    assert revenue["median"] is None  # two are no group
    everybody = terminal("scorecard", "--json").json
    assert [one["person"] for one in everybody["people"]] == ["Anna", "Boris"]


def test_somebody_unknown_exits_1(terminal: Terminal) -> None:
    loaded(terminal)
    for argv in (("scorecard", "Ana"), ("link", "person", "Ana")):
        done = terminal(*argv)
        assert done.status == 1
        assert "Anna" in done.err


def test_a_link_is_made_listed_and_taken_back(terminal: Terminal) -> None:
    loaded(terminal)
    made = terminal("link", "person", "Anna", "--json").json
    assert made["path"].startswith("/p/")
    (listed,) = terminal("link", "list", "--json").json
    assert (listed["person"], listed["revoked"]) == ("Anna", None)
    assert made["path"].removeprefix("/p/") not in terminal("link", "list").out
    assert terminal("link", "revoke", str(made["id"])).status == 0
    assert terminal("link", "revoke", str(made["id"])).status == 1


def test_an_audit_is_kept_and_compared(terminal: Terminal) -> None:
    assert terminal("audit", "--json").json["met"] == 0
    assert terminal("audit", "save", "Start").status == 0
    loaded(terminal)
    (kept,) = terminal("audit", "list", "--json").json
    assert (kept["name"], kept["met"], kept["of"]) == ("Start", 0, 30)
    told = terminal("audit", "compare", str(kept["id"]), "--json").json
    assert "something_loaded" in told["won"]
    assert terminal("audit", "compare", "99").status == 1
    assert terminal("audit", "delete", str(kept["id"])).status == 0
    assert terminal("audit", "list", "--json").json == []


def test_development_of_a_business_without_training(terminal: Terminal) -> None:
    loaded(terminal)
    told = terminal("development", "revenue", "--json").json
    assert (told["training"], told["untrained"], told["ideas"]["proposed"]) == ([], [], 0)
