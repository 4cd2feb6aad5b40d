"""Four advertisements day by day, and what is counted of them by hand."""

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from data.access.reader import Reader
from data.model import OWNER, Scope
from data.store.entries import Design, Experiment, Guard
from data.store.entries.experiments import Version
from data.store.entries.marks import Mark
from data.store.store import Store
from kpi.custom.joined import catalogue_of
from kpi.experiment import Asking, Study, studied
from kpi.target_rows import target_book
from tests.unit.store.files import load

HEADER = "account,ad_id,title,city,period_start,period_end,impressions,views,contacts,orders,spend"
START, DAYS = date(2026, 9, 21), 56
FIRST, LAST = START - timedelta(days=56), date(2026, 11, 23)
DESIGN = Design(
    "Titles", "", "contact_rate", "ad_id", ("a1", "a2"), ("b1", "b2"), START, START + timedelta(days=DAYS - 1),
    guards=(Guard("cost_per_contact", 20.0),),
)  # fmt: skip


def frame() -> pd.DataFrame:
    """Four ads day by day; from the start on B's views bring half as many contacts again."""
    chance, rows = np.random.default_rng(12), []
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    for day in days:
        busy = (1.0, 0.9, 1.1, 1.0, 1.3, 1.5, 0.7)[day.weekday()]
        for ad in ("a1", "a2", "b1", "b2", "other"):
            views = int(chance.poisson(90 * busy))
            lift = 1.5 if ad[0] == "b" and day >= START else 1.0
            contacts = int(chance.binomial(views, 0.08 * lift))
            spend = round(50 + 30 * contacts + float(chance.uniform(0, 40)), 2)
            rows.append(("Main", ad, f"Ad {ad}", "City", day, day, views * 12, views, contacts, contacts // 3, spend))
    return pd.DataFrame(rows, columns=HEADER.split(","))


TABLE = frame()


def lines(table: pd.DataFrame) -> list[str]:
    return [HEADER, *(",".join(map(str, row)) for row in table.itertuples(index=False, name=None))]


def asking(store: Store, *, scope: Scope = OWNER, marks: Sequence[Mark] = (), today: date = LAST) -> Asking:
    return Asking(Reader(store, scope), catalogue_of(store), target_book(store), tuple(marks), today)


def entered(design: Design, on: date = date(2026, 9, 1), closed: date | None = None) -> Experiment:
    moment = datetime.combine(on, datetime.min.time())
    version = Version(1, 1, "create", None, False, "Anna", "", design, moment)
    return Experiment(1, design, None, False, "Anna", "", closed, (version,))


def study(store: Store, tmp_path: Path, table: pd.DataFrame = TABLE, design: Design = DESIGN) -> Study:
    load(store, tmp_path, "ads.csv", "ads", lines(table))
    return studied(asking(store), entered(design))


def split(table: pd.DataFrame, ads: Sequence[str], first: date, last: date) -> pd.DataFrame:
    inside = (table["period_start"] >= first) & (table["period_start"] <= last)
    return table[table["ad_id"].isin(list(ads)) & inside]


def rate(table: pd.DataFrame) -> float:
    return float(table["contacts"].sum() / table["views"].sum())


def by_hand(table: pd.DataFrame, last: date) -> float:
    """The difference of logarithms."""
    phases = ((FIRST, START - timedelta(days=1)), (START, last))
    cells = [[math.log(rate(split(table, ads, *days))) for days in phases] for ads in (DESIGN.a, DESIGN.b)]
    return (cells[1][1] - cells[1][0]) - (cells[0][1] - cells[0][0])
