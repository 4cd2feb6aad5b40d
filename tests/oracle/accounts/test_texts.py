"""Advertisements that say the same, held against each other by plain Python, and how they move from week to week."""

import random
import re
from datetime import date, timedelta

import numpy as np
import pytest

from kpi.accounts.overlap_words import moved_text, twins_text
from kpi.accounts.texts import ALIKE, LOOKED_BACK, twins
from kpi.language import language
from tests.oracle.accounts.conftest import Made

HEADER = "account,ad_id,title,city,category,period_start,period_end,impressions,contacts,spend"
SINCE, UNTIL = date(2026, 10, 1), date(2026, 10, 31)
TITLES = (
    "Ремонт кофемашин", "Ремонт кофемашин!", "РЕМОНТ   кофемашин", "Ремонт кофемашины на дому",
    "Ремонт стиральных машин",
    "Мужская стрижка у метро", "Мужская стрижка у м. Сокол", "Ёлки под ключ", "елки под ключ", "Уборка",
)  # fmt: skip


def row(account: str, number: int, title: str, city: str = "Москва", category: str = "Услуги", day: str = "2026-10-05",
        shown: object = 100, contacts: object = 5, spend: object = 500) -> str:  # fmt: skip
    return f"{account},{account}{number},{title},{city},{category},{day},{day},{shown},{contacts},{spend}"


def plain(title: str) -> str:
    return re.sub(r"[^\w]+", " ", title.lower().replace("ё", "е")).strip()


def grams(title: str) -> set[str]:
    padded = f"  {plain(title)} "
    return {padded[n : n + 3] for n in range(len(padded) - 2)}


def alike(a: str, b: str) -> float:
    return len(grams(a) & grams(b)) / len(grams(a) | grams(b))


def test_titles_are_held_against_each_other(made: Made) -> None:
    rows = [
        HEADER,
        *(row("A", n, title) for n, title in enumerate(TITLES)),
        *(row("B", n, t) for n, t in enumerate(TITLES)),
    ]
    found = {
        (plain(one.titles[0]), plain(one.titles[1])): one.alike for one in twins(made({"ads": rows}), SINCE, UNTIL)
    }
    names = {plain(title) for title in TITLES}
    expected = {(a, b): alike(a, b) for a in names for b in names if alike(a, b) >= ALIKE}
    assert {frozenset(pair) for pair in found} == {frozenset(pair) for pair in expected}
    for pair, likeness in found.items():
        assert likeness == pytest.approx(expected[pair])


def test_other_cities_and_categories_are_no_twins(made: Made) -> None:
    rows = [
        HEADER, row("A", 1, "Уборка", "Омск"), row("B", 1, "Уборка", "Тверь"), row("B", 2, "Уборка", "Омск", "Окна"),
        row("A", 2, "Уборка", "Омск"),
    ]  # fmt: skip
    assert twins(made({"ads": rows}), SINCE, UNTIL) == ()


def test_one_account_s_own_twins_are_one_advertisement(made: Made) -> None:
    rows = [
        HEADER,
        row("A", 1, "Уборка"),
        row("A", 2, "уборка!", contacts=7, spend=20),
        row("B", 1, "Уборка", spend=""),
    ]
    (found,) = twins(made({"ads": rows}), SINCE, UNTIL)
    assert (found.accounts, found.alike, found.contacts, found.spend) == (("A", "B"), 1.0, (12.0, 5.0), (520.0, None))
    assert (found.city, found.category, found.moved) == ("Москва", "Услуги", None)
    told = twins_text(found, language("en"))
    assert "stands in «A» and «B» (Москва, Услуги)" in told
    assert "Too few weeks" in told


def weekly(falls: float, seed: int = 1) -> tuple[list[str], list[tuple[int, int, int, int]]]:
    """Rows of 27 whole weeks before the last of October, a Sunday before, and the weeks' figures: contacts of A, and
    impressions of B, then contacts and impressions of a third advertisement; `falls`: what A loses to B."""
    chance, rows, told = random.Random(seed), [HEADER], []
    last = UNTIL - timedelta(days=UNTIL.isoweekday() % 7)
    for week in range(LOOKED_BACK):
        day = last - timedelta(days=7 * (LOOKED_BACK - week) - 3)
        demand, shown = chance.uniform(0.7, 1.4), round(1000 * chance.uniform(0.3, 3))
        a = max(1, round(60 * demand * (shown / 1000) ** -falls * chance.uniform(0.9, 1.1)))
        third = (round(80 * demand), round(2000 * demand))
        rows += [
            row("A", 1, "Уборка", day=str(day), shown=500, contacts=a),
            row("B", 1, "Уборка", day=str(day), shown=round(shown * demand), contacts=3),
            row("A", 9, "Окна", day=str(day), shown=third[1], contacts=third[0]),
        ]
        told.append((a, round(shown * demand), *third))
    return rows, told


@pytest.mark.parametrize("falls", [0.0, 0.5])
def test_contacts_that_fall_when_the_other_is_shown(made: Made, falls: float) -> None:
    rows, told = weekly(falls)
    (found,) = twins(made({"ads": rows}), SINCE, UNTIL)
    assert found.moved is not None
    logs = np.log1p(np.array(told, dtype=float)).T
    a, b = np.diff(logs[0]) - np.diff(logs[2]), np.diff(logs[1]) - np.diff(logs[3])
    r = float(np.corrcoef(a, b)[0, 1])
    assert found.moved.weeks == LOOKED_BACK - 1
    assert found.moved.together == pytest.approx(r)
    apart = 1.959964 * np.sqrt(1.5 / (LOOKED_BACK - 1 - 3))
    assert (found.moved.low, found.moved.high) == pytest.approx(
        (np.tanh(np.arctanh(r) - apart), np.tanh(np.arctanh(r) + apart))
    )
    said = moved_text(found, language("en"))
    assert found.moved.falls is (falls > 0)
    assert ("That is no proof" in said) is (falls > 0)


def test_without_titles_or_accounts(made: Made) -> None:
    reader = made({"ads": ["account,ad_id,period_start,contacts", "A,1,2026-10-01,3"]})
    assert twins(reader, SINCE, UNTIL) == ()
