"""What people entered about both halves of the canary's business, and the files that pages give away."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pypdf
import pytest
import streamlit as st

from data.store.entries.surveys import NewSurvey, Question
from data.store.store import Store
from kpi.bonus import Bonuses
from kpi.custom.joined import catalogue_of
from kpi.target_rows import target_book
from tests.pages.canary import AMOUNT, CANARY, FORBIDDEN, SEEN
from tests.unit.surveys.asked import answer, tokens

MONTH = date(2026, 9, 1)
SCHEME = """title = "Премия"
[fund]
from = "person"
amount = 10000
[[kpi]]
kpi = "orders_done"
weight = 60
[[kpi]]
kpi = "revenue"
weight = 40
"""
SUMS = tuple(AMOUNT * n / 2 for n in range(1, 200))
"""Sums that hold a forbidden amount."""
BYTES = tuple(struct.pack("<d", total) for total in SUMS)
"""What they look like in the data of charts and tables."""
TEXTS = tuple(f"{total:.1f}".removesuffix(".0") for total in SUMS)
"""What they look like in a file."""


def write_entered(store: Store) -> None:
    """A bonus scheme with a month approved and corrected, and a survey of clients with words of both halves."""
    store.entries.schemes.enter("half", SCHEME)
    bonuses = Bonuses(store, catalogue_of(store), target_book(store))
    bonuses.approve("half", MONTH)
    bonuses.correct("half", MONTH, FORBIDDEN["employee"], Decimal(AMOUNT), f"Причина {CANARY}")
    bonuses.correct("half", MONTH, SEEN["employee"], Decimal(100), "Причина")
    groups = (("branch", SEEN["branch"]), ("branch", FORBIDDEN["branch"]))
    asked = NewSurvey("csat", "client", "Осень", (Question("csat", "Довольны?", 1, 5),), None, groups=groups)
    for (token, *_), word in zip(tokens(store, store.entries.surveys.add(asked)), ("Обычное", CANARY), strict=True):
        for n in range(6):
            answer(store, token, 1 + n % 5, comment=f"{word} сказано {n}")


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes]]:
    """Every file that a page offers, made as though it had been asked for: its name, and what can be read in it."""
    found: list[tuple[str, bytes]] = []
    original: Callable[..., bool] = st.download_button

    def offered(label: str, data: Any, file_name: str = "", *more: Any, **named: Any) -> bool:
        made = data() if callable(data) else data
        content = made.encode() if isinstance(made, str) else bytes(made)
        found.append((file_name, readable(content)))
        return original(label, data, file_name, *more, **named)

    monkeypatch.setattr(st, "download_button", offered)
    return found


def readable(content: bytes) -> bytes:
    """A file with what is packed in it unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            return b"\n".join(readable(pack.read(name)) for name in pack.namelist())
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).encode()
    return content


def assert_clean(sent: bytes, where: object) -> None:
    """No canary, and no sum that holds a forbidden amount, of what goes over the wire."""
    assert CANARY.encode() not in sent, where
    assert CANARY.encode("unicode_escape") not in sent, where
    assert "млн".encode() not in sent, where  # a forbidden amount in a sum makes it millions
    assert not [total for total in BYTES if total in sent], where


def assert_files_clean(taken: list[tuple[str, bytes]], where: object) -> None:
    """The same of the files; they are forgotten then."""
    for name, content in taken:
        assert CANARY.encode() not in content, (where, name)
        plain = content.decode("utf-8", "replace").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
        assert not [text for text in TEXTS if text in plain], (where, name)
    taken.clear()
