"""The Wilson interval against the published example of 1 in 10 and 0 in 10."""

import numpy as np
import pytest

from data.model import Relation
from kpi.catalogue import catalogue
from kpi.compile import resolve
from kpi.evaluate.interval import intervals, is_share

NOTHING: dict[str, Relation] = {}


def test_wilson() -> None:
    share = resolve(catalogue().get("rework_rate"), catalogue(), NOTHING)
    columns = {
        "kpi": np.array(["rework_rate"] * 3 + ["revenue"], dtype=object),
        "value": np.array([10.0, 0.0, 50.0, 5.0]),
        "used": np.array([10, 10, 0, 9]),
    }
    found = intervals(columns, (share,))
    assert found["low"].tolist()[:2] == [pytest.approx(1.7876, abs=1e-3), 0]
    assert found["high"].tolist()[:2] == [pytest.approx(40.4150, abs=1e-3), pytest.approx(27.7533, abs=1e-3)]
    assert np.isnan(found["low"]).tolist() == [False, False, True, True]


def test_which_kpis_are_shares() -> None:
    shares = {kpi.id for kpi in catalogue().visible() if is_share(resolve(kpi, catalogue(), NOTHING))}
    assert {"rework_rate", "first_time_right", "no_show_rate", "csat"} <= shares
    assert not shares & {"nps", "revenue", "utilisation", "addon_share"}
