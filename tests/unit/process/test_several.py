"""Cases that several people had a hand in are of nobody, and say so in every language."""

from pathlib import Path

from data.model import SEVERAL
from kpi.language import language
from tests.unit.command.conftest import Terminal

LOG = """case_id,activity,at,employee,branch
1,a,2026-03-02 09:00,Anna,N
1,b,2026-03-02 10:00,Anna,N
2,a,2026-03-02 09:00,Anna,N
2,b,2026-03-02 11:00,Boris,N
3,a,2026-03-02 09:00,,N
3,b,2026-03-02 12:00,Boris,N
4,a,2026-03-02 09:00,,N
"""


def test_a_case_is_of_whom_all_its_events_name(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.write("log.csv", LOG)
    assert terminal("import", "log.csv").status == 0
    rows = terminal("value", "throughput_hours", "--by", "employee", "--format", "json").json
    assert {row["slice"]: row["value"] for row in rows if not row["is_total"]} == {
        "Anna": 1.0, "Boris": 3.0, SEVERAL: 2.0, None: 0.0,
    }  # fmt: skip
    terminal.language = "ru"
    shown = terminal("value", "throughput_hours", "--by", "employee").out
    assert ("несколько" in shown, "не указано" in shown or "не заполнено" in shown, SEVERAL in shown) == (
        True,
        True,
        False,
    )
    terminal.reopen()


def test_a_member_in_words() -> None:
    words = language("en")
    assert [words.member(name) for name in ("Anna", SEVERAL, "", None)] == [
        "Anna", "several", "not filled in", "not filled in",
    ]  # fmt: skip
