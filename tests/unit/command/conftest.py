"""A workspace, and commands run in it without starting a process."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from data.store.store import Store
from kpi.command.main import run
from kpi.command.session import Session


@dataclass(frozen=True)
class Done:
    """What a command did."""

    status: int
    """Exit status."""
    out: str
    """Standard output."""
    err: str
    """Standard error."""

    @property
    def json(self) -> Any:
        """Standard output as JSON; NaN is refused, as strict readers do."""
        return json.loads(self.out, parse_constant=_refuse)


@dataclass
class Terminal:
    """Runs commands one after the other in one folder and workspace."""

    folder: Path
    """Where it stands."""
    language: str = "en"
    """KPI_LANG."""
    opened: list[Store] = field(default_factory=list)
    """The workspace's Store, once opened."""

    def __call__(self, *argv: str) -> Done:
        out, err = io.StringIO(), io.StringIO()
        session = Session(self.folder / "workspace", self.folder, out, err, self.language, self.store, self.reopen)
        return Done(run(argv, session), out.getvalue(), err.getvalue())

    def store(self) -> Store:
        """The workspace's Store."""
        if not self.opened:
            self.opened.append(Store.open(self.folder / "workspace"))
        return self.opened[0]

    def reopen(self) -> None:
        """Closes it; it is opened anew by whoever asks."""
        self.opened.pop().close()

    def write(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        """A file beside it."""
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal in an empty folder."""
    made = Terminal(tmp_path)
    yield made
    for store in made.opened:
        store.close()


ORDERS = """Номер заказа;Дата создания;Дата завершения;Статус;Сумма;Мастер;Филиал;Переделка
1;01.10.2026 10:00;01.10.2026 12:00;Выполнен;1 200,50;Иванов;Центр;нет
2;01.10.2026 11:00;02.10.2026 11:00;Выполнен;800,00;Петрова;Север;да
3;02.10.2026 09:00;;Отменён;;Иванов;Центр;нет
4;03.10.2026 09:00;03.10.2026 10:30;Выполнен;2 000,00;=SUM(A1);Центр;нет
"""
"""Four orders of a Russian owner, three of them done; one master's name would be a formula."""


@pytest.fixture
def loaded(terminal: Terminal) -> Terminal:
    """A terminal whose workspace holds ORDERS."""
    terminal.write("заказы.csv", ORDERS, "cp1251")
    done = terminal("import", "заказы.csv")
    assert done.status == 0, done.err
    return terminal


def _refuse(constant: str) -> None:
    raise ValueError(constant)
