"""What people entered and who may come in, where several instances share one PostgreSQL: each has its own folder."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from data.access.people import Membership, People
from data.access.visitor import FIRST
from data.errors import UserError
from data.store.connection import SETTING
from data.store.entries import Entries, NewLink
from data.store.entries.database import KEPT
from data.store.entries.database.postgres import STALE
from data.store.entries.surveys.model import NewSurvey, Question
from kpi.command.workspace import ENVIRONMENT, add_business, business_folder, businesses, meet
from tests.lake.colleague import clock, count_up, mail
from tests.postgres import Postgres

PASSWORD = "a long enough password"


def folder(path: Path) -> Path:
    """A folder that is there."""
    path.mkdir(exist_ok=True)
    return path


def entries_in(path: Path) -> Entries:
    """The entries as an instance with that folder has them."""
    return Entries(folder(path) / "app.sqlite", clock)


@pytest.fixture
def both(installation: str, tmp_path: Path) -> Iterator[tuple[Entries, Entries]]:
    """The entries of two instances."""
    with closing(entries_in(tmp_path / "a")) as one, closing(entries_in(tmp_path / "b")) as other:
        yield one, other


def wait_until_known() -> None:
    """Until an instance asks again what others did."""
    threading.Event().wait(1.5 * STALE)


def test_what_is_entered_in_one_is_seen_by_the_other(both: tuple[Entries, Entries], tmp_path: Path) -> None:
    here, there = both
    assert there.targets() == ()
    here.set_target("rating", good_low=4.5)
    assert here.version == 1
    wait_until_known()
    assert [(row.kpi, row.good_low) for row in there.targets()] == [("rating", 4.5)]
    assert there.version == 1
    assert [path.name for path in (tmp_path / "a").iterdir()] == []


def test_who_looks_before_they_change_sees_what_was_entered_a_moment_ago(both: tuple[Entries, Entries]) -> None:
    here, there = both
    assert there.version == 0
    step = here.set_target("rating", good_low=4.5)
    there.undo_targets(step)  # at once, while it still takes the version before for the one that stands
    assert there.targets() == ()
    wait_until_known()
    assert here.targets() == ()


def test_a_look_and_what_follows_from_it_are_one(both: tuple[Entries, Entries]) -> None:
    writers = [threading.Thread(target=count_up, args=(one, 20)) for one in both]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert both[0].settings.get("count") == 40
    assert both[0]._database.rows("select version from entries_version") == [(40,)]


def test_a_change_that_fails_or_is_given_up_leaves_nothing_and_no_version(both: tuple[Entries, Entries]) -> None:
    here, there = both

    def give_up() -> None:
        with here._database.change("x") as writing:
            writing.execute("insert into settings values ('x', '1')")
            assert (here.settings.get("x"), there.settings.get("x")) == (1, None)
            assert here.version < 0, "a version that was never kept must not stand in a cache key"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        give_up()
    assert (here.settings.get("x"), here.version) == (None, 0)
    here.settings.set("x", 2)
    assert there.settings.get("x") == 2


def test_a_session_and_a_link_hold_everywhere_until_they_are_taken_back_anywhere(
    both: tuple[Entries, Entries], tmp_path: Path
) -> None:
    with closing(People(tmp_path / "a", clock)) as here, closing(People(tmp_path / "b", clock)) as there:
        number, token = here.let_in("ann@example.org", "Ann", Membership(FIRST, "owner"))
        assert there.accept(token or "", PASSWORD) is not None
        session = here.sessions.begin(FIRST, "browser", person=number)
        found = there.sessions.find(session)
        assert found is not None
        there.sessions.end(found.id)
        assert here.sessions.find(session) is None
        for _ in range(10):
            here.sign_in("ann@example.org", "guessed", "192.0.2.1")
        with pytest.raises(UserError, match="Too many tries"):
            there.sign_in("ann@example.org", PASSWORD, "192.0.2.2")
    link, secret = both[0].links.create(NewLink(frozenset({"people"}), "people"))
    assert both[1].links.find(secret) is not None
    both[1].links.revoke(link)
    assert both[0].links.find(secret) is None


def test_a_business_that_is_added_on_one_instance_is_known_on_the_other(
    installation: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(name: str) -> None:
        monkeypatch.setenv(ENVIRONMENT, str(tmp_path / name))

    with (
        closing(People(folder(tmp_path / "a"), clock)) as here,
        closing(People(folder(tmp_path / "b"), clock)) as there,
    ):
        at("a")
        add_business("Юг")
        meet(here)
        there.businesses.tell(["../elsewhere"])
        at("b")
        assert businesses() == ("",)
        meet(there)
        assert businesses() == ("", "Юг")
    with closing(Entries(business_folder("Юг") / "app.sqlite", clock)) as south:
        south.settings.set("x", 1)
    at("a")
    with closing(Entries(business_folder("Юг") / "app.sqlite", clock)) as south:
        assert south.settings.get("x") == 1
    with closing(entries_in(tmp_path / "a")) as first:
        assert first.settings.get("x") is None


def test_what_is_due_is_done_by_one_and_free_again_when_it_ends(both: tuple[Entries, Entries]) -> None:
    here, there = both
    with here.clockwork.only("delivery") as mine, there.clockwork.only("delivery") as theirs:
        assert (mine, theirs) == (True, False)
        with there.clockwork.only("alerts") as another, here.clockwork.only("delivery") as again:
            assert (another, again) == (True, False)
    with there.clockwork.only("delivery") as theirs:
        assert theirs


def test_what_another_instance_is_at_is_left_to_it_until_it_ends(both: tuple[Entries, Entries], tmp_path: Path) -> None:
    here, there = both
    made, sending = here.deliveries.put(mail(1), mail(2))
    with ExitStack() as third:
        gone = third.enter_context(closing(entries_in(tmp_path / "c")))
        assert gone.deliveries.claim(made)
        assert not there.deliveries.claim(made)
        assert gone.deliveries.claim(sending)
        gone.deliveries.leaving(sending)
        assert there.deliveries.recover(()) == 0
        assert (there.deliveries.get(made).state, here.deliveries.get(sending).state) == ("preparing", "sending")
    assert there.deliveries.recover(()) == 2
    assert (here.deliveries.get(made).state, here.deliveries.get(sending).state) == ("due", "uncertain")


def test_connections_that_were_lost_are_made_anew_and_no_half_change_stays(
    both: tuple[Entries, Entries], installation: str
) -> None:
    here, there = both
    here.settings.set("x", 1)

    def cut() -> None:
        with psycopg.connect(installation, autocommit=True) as server:
            server.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )

    cut()
    assert there.settings.get("x") == 1
    here.settings.set("x", 2)
    assert there.settings.get("x") == 2

    def be_cut() -> None:
        with here._database.change("y") as writing:
            writing.execute("insert into settings values ('y', '1')")
            cut()
            writing.execute("insert into settings values ('z', '1')")

    with pytest.raises(UserError, match="Nothing was changed"):
        be_cut()
    assert [there.settings.get(name) for name in ("x", "y", "z")] == [2, None, None]
    here.settings.set("y", 3)
    assert there.deliveries.put(mail(1)) == (1,)


def test_a_server_that_does_not_answer_is_told_without_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "the-secret-word")
    monkeypatch.setenv(SETTING, "ducklake:postgres:host=127.0.0.1 port=1 dbname=x connect_timeout=1")
    with pytest.raises(UserError, match="cannot be reached") as told:
        People(tmp_path, clock)
    assert "the-secret-word" not in "".join(map(str, (told.value, told.value.detail, told.value.hint)))
    monkeypatch.setenv(SETTING, "ducklake:postgres:host=127.0.0.1 password=the-secret-word dbname=x")
    with pytest.raises(UserError, match="must not stand") as told:
        People(tmp_path, clock)
    assert "the-secret-word" not in "".join(map(str, (told.value, told.value.detail, told.value.hint)))


def test_postgres_tells_no_order_of_answers_and_no_invitation_of_staff(
    both: tuple[Entries, Entries], installation: str
) -> None:
    """It keeps the number of the transaction and the place of each row, and shows them to whoever may look."""
    surveys = both[0].surveys
    asked = (Question("enps", "Recommend?", 0, 10),)
    number = surveys.add(NewSurvey("enps", "staff", "Autumn", asked, date(2026, 12, 1), invitations=8))
    [link] = surveys.links(number)
    for place, token in enumerate(surveys.tokens(link)):
        door = surveys.answers.door(token)
        assert door is not None
        assert surveys.answers.give(door, f"sheet {place}", [place], f"word {place}") == "taken"
    with psycopg.connect(f"{installation} options=-csearch_path=kpi_entries") as server:
        for table in ("survey_answers", "survey_remarks"):
            rows = server.execute(f"select id, xmin::text from {table} order by ctid").fetchall()
            assert len(rows) == 8
            assert [row[0] for row in rows] == sorted(row[0] for row in rows)
            assert len({row[1] for row in rows}) == 1


def filled(path: Path) -> None:
    """What an installation on one machine entered: something in tables that refer to each other, and numbers gone."""
    with closing(entries_in(path)) as entries, closing(People(path, clock)) as people:
        step = entries.set_target("rating", good_low=4.5)
        entries.undo_targets(step)
        goal = entries.add_goal("Grow «wisely» 100 %")
        entries.delete_goal(goal)
        entries.secrets.put("mail.password", "sealed")
        entries.links.create(NewLink(frozenset({"people"}), "people", lasts=timedelta(days=1)))
        gone = entries.schemes.enter("barbers", "x = 1")
        assert gone == 1
        entries.deliveries.put(mail(1), mail(2))
        number, _ = people.let_in("ann@example.org", "Ann", Membership(FIRST, "owner"))
        people.persons.choose_password(number, "hash")


def everything(entries: Entries) -> dict[str, list[tuple[object, ...]]]:
    """Table → its rows, in some order of their own."""
    found = entries._database
    return {
        table: sorted(found.rows(f"select * from {table}"), key=repr) for table in found.tables() if table != KEPT[1]
    }


def test_what_lies_in_files_is_taken_over_once_and_comes_back_with_a_backup(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path / "a")
    with closing(entries_in(tmp_path / "a")) as before:
        wanted = everything(before)
    monkeypatch.setenv(SETTING, "ducklake:postgres:" + postgres.create("taken_over"))
    with closing(entries_in(tmp_path / "a")) as entries, closing(People(tmp_path / "a", clock)) as people:
        assert everything(entries) == wanted
        assert entries.secrets.get("mail.password") == "sealed"
        assert entries.deliveries.put(mail(3)) == (3,)
        assert entries.schemes.enter("masters", "x = 1") == 2
        assert [one.login for one in people.persons.all()] == ["ann@example.org"]
        wanted = everything(entries)
        entries.snapshot(tmp_path / "app.sqlite")
    with closing(entries_in(tmp_path / "b")) as again:
        assert everything(again) == wanted, "a file is taken over once"
    monkeypatch.delenv(SETTING)
    with closing(Entries(tmp_path / "app.sqlite", clock)) as back:
        assert everything(back) == wanted
        assert wanted["entries_version"] == [(back.version,)]
