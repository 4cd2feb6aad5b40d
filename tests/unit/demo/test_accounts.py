"""One account's contacts cost twice as much: the first thing said of accounts, to the digit of the KPI."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from data.access.reader import Reader
from data.demo import load as demo
from data.demo.stories import CONTACT_COST, TWIN_CITY
from data.store.store import Store
from kpi.accounts import Asked, compare
from kpi.accounts.overlap import overlap
from kpi.accounts.texts import twins
from kpi.accounts.words import headline
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.language import language
from kpi.model import Query
from kpi.targets import TargetBook

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory, facts: Mapping[str, pd.DataFrame]) -> Iterator[Reader]:
    """Only what accounts are told by."""
    folder: Path = tmp_path_factory.mktemp("accounts")
    with Store.open(folder / "workspace", lambda: datetime(2026, 11, 16, 10)) as store:
        for name in ("orders", "ads"):
            demo._publish(store, name, facts[name], folder, lambda _stage, _share: None, 0.0)
        yield Reader(store)


def test_it_is_the_first_thing_said(reader: Reader) -> None:
    found = compare(reader, Asked("account", *OCTOBER))
    dear = max(CONTACT_COST, key=lambda name: CONTACT_COST[name])
    cheap = min(CONTACT_COST, key=lambda name: CONTACT_COST[name])
    said = headline(found, language("ru"))
    assert said.startswith(f"Октябрь 2026: контакт в «{dear}» стоит вдвое дороже, чем в «{cheap}»")
    asked = Query(("cost_per_contact",), *OCTOBER, "total", "account", (), ())
    frame = evaluate(reader, catalogue(), asked, TargetBook()).frame
    kpis = {row["slice"]: row["value"] for row in frame.to_dict("records") if not row["is_total"]}
    assert kpis == {name: found.of(name).rate("cost_per_contact") for name in CONTACT_COST}
    assert found.of(dear).differences["cost_per_contact"].own == kpis[dear]
    assert language("ru").value(kpis[dear], "money") in said


def test_they_share_clients_and_a_text(reader: Reader) -> None:
    shared = overlap(reader, OCTOBER[1])
    assert shared is not None
    assert shared.several > 50
    (same,) = twins(reader, *OCTOBER)
    assert (same.city, same.alike, set(same.accounts)) == (TWIN_CITY, 1.0, set(CONTACT_COST))
