"""`user`, `link`, `backup` and `restore` as a person types them."""

import pytest

from tests.unit.command.conftest import ORDERS, Terminal


def loaded(terminal: Terminal) -> None:
    """The orders are loaded."""
    terminal.write("orders.csv", ORDERS)
    assert terminal("import", "orders.csv", "--fact", "orders").status == 0


def test_somebody_is_let_in_changed_and_shown_out(terminal: Terminal) -> None:
    made = terminal("user", "add", "Olga@Example.org", "--name", "Ольга", "--role", "owner", "--json").json
    assert made["login"] == "olga@example.org"
    assert made["path"].startswith("/welcome/")
    terminal("user", "add", "lead", "--role", "lead", "--where", "team=A", "--where", "team=B", "--money", "rounded")
    told = {one["login"]: one for one in terminal("user", "list", "--json").json}
    assert (told["lead"]["role"], told["lead"]["where"], told["lead"]["money"]) == (
        "lead",
        {"team": ["A", "B"]},
        "rounded",
    )
    assert told["olga@example.org"]["has_password"] is False
    assert "/welcome/" in terminal("user", "reset", "lead").out
    assert terminal("user", "remove", "lead").status == 0
    assert [one["login"] for one in terminal("user", "list", "--json").json] == ["olga@example.org"]
    assert "last owner" in terminal("user", "remove", "olga@example.org").err
    assert "last owner" in terminal("user", "add", "olga@example.org", "--role", "viewer").err
    assert "Did you mean olga@example.org" in terminal("user", "reset", "olga@exmple.org").err
    assert terminal("user", "log").status == 0


def test_a_link_to_figures(terminal: Terminal) -> None:
    loaded(terminal)
    made = terminal(
        "link", "create", "--page", "finance", "--pages", "quality", "--where", "branch=Центр", "--money", "hidden",
        "--lasts", "12h", "--password", "--title", "Банк", "--json",
    ).json  # fmt: skip
    assert made["path"].startswith("/l/")
    assert len(made["password"]) == 19
    (listed,) = terminal("link", "list", "--json").json
    assert (listed["pages"], listed["where"], listed["opens"]) == (["finance", "quality"], {"branch": ["Центр"]}, True)
    assert (listed["has_password"], listed["opened"], listed["last_opened"]) == (True, 0, None)
    assert terminal("link", "revoke", "1", "--json").json == {"id": 1, "revoked": True}
    assert terminal("link", "list", "--json").json[0]["opens"] is False


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--page", "data"), "No link opens the page «data»"),
        (("--where", "branch=Цeнтр"), "There is no «Цeнтр» among branch"),
        (("--lasts", "soon"), "is no time a link can last"),
    ],
)
def test_a_link_that_would_show_nothing_is_not_made(terminal: Terminal, argv: tuple[str, str], said: str) -> None:
    loaded(terminal)
    done = terminal("link", "create", *argv)
    assert (done.status, said in done.err) == (1, True)
    assert terminal("link", "list", "--json").json == []


def test_a_backup_is_made_and_put_back(terminal: Terminal) -> None:
    loaded(terminal)
    before = terminal("value", "revenue", "--by", "branch", "--format", "json").json
    made = terminal("backup", "b.zip", "--json").json
    assert (made["imports"], made["size"] > 0) == (1, True)
    terminal("imports", "undo", "1")
    assert terminal("value", "revenue").status == 1
    done = terminal("restore", "b.zip", "--json").json
    assert (done["imports"], done["people"]) == (1, False)
    assert terminal("value", "revenue", "--by", "branch", "--format", "json").json == before
    assert terminal("restore", done["before"]).status == 0
    assert terminal("value", "revenue").status == 1
    assert "no whole backup" in terminal("restore", "orders.csv").err
    assert "is there already" in terminal("backup", "b.zip").err


def test_a_token_for_programs(terminal: Terminal) -> None:
    loaded(terminal)
    made = terminal(
        "token", "create", "--areas", "finance,quality", "--where", "branch=Центр", "--money", "rounded",
        "--lasts", "30d", "--title", "1С", "--json",
    ).json  # fmt: skip
    assert len(made["token"]) == 43
    assert made["url"] is None
    (listed,) = terminal("token", "list", "--json").json
    assert (listed["areas"], listed["where"], listed["money"]) == (
        ["finance", "quality"],
        {"branch": ["Центр"]},
        "rounded",
    )
    assert (listed["answers"], listed["used"], listed["card"]) == (True, 0, None)
    assert made["token"] not in terminal("token", "list").out
    assert terminal("token", "revoke", "1", "--json").json == {"id": 1, "revoked": True}
    assert terminal("token", "list", "--json").json[0]["answers"] is False
    assert "There is no token 1" in terminal("token", "revoke", "1").err


def test_a_token_for_a_card(terminal: Terminal) -> None:
    loaded(terminal)
    made = terminal(
        "token", "create", "--card", "revenue", "--site", "https://example.org/", "--running", "--json"
    ).json
    assert made["url"].endswith(f"/api/v1/embed/{made['token']}")
    (listed,) = terminal("token", "list", "--json").json
    assert (listed["card"], listed["areas"]) == ({"kpi": "revenue", "grain": "month", "running": True}, ["finance"])
    assert listed["sites"] == ["https://example.org"]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--areas", "finanse"), "Did you mean finance"),
        (("--areas", ""), "would show nothing"),
        (("--where", "branch=Сеевр"), "There is no «Сеевр»"),
        (("--lasts", "soon"), "no time"),
        (("--card", "revenu"), "Did you mean revenue"),
        (("--card", "revenue", "--site", "example.org"), "no address of a site"),
        (("--card", "revenue", "--site", "https://a.b/c"), "no address of a site"),
        (("--card", "revenue", "--site", "https://a.b; script-src *"), "no address of a site"),
        (("--site", "https://example.org"), "Only a card"),
    ],
)
def test_a_token_that_would_be_no_use_is_not_made(terminal: Terminal, argv: tuple[str, ...], said: str) -> None:
    loaded(terminal)
    done = terminal("token", "create", *argv)
    assert done.status == 1
    assert said in done.err
    assert terminal("token", "list", "--json").json == []
