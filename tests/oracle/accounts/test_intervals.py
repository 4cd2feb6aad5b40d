"""How sure a figure is, and who is called dearer: by hand, by statsmodels and scipy, and in draws of equal accounts."""

import math
import random
from datetime import date, timedelta
from statistics import fmean

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from kpi.accounts import Asked, compare
from kpi.accounts.ratio import difference
from kpi.accounts.words import headline
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.model import Query
from kpi.targets import TargetBook
from tests.oracle.accounts.conftest import Made
from tests.oracle.accounts.october import ADS, EN, FIRST, ad, october


def daily(seed: int, days: int = 28) -> dict[str, list[tuple[float, float]]]:
    """Account → spend and contacts day by day, the accounts' good days alike."""
    chance = random.Random(seed)
    rows: dict[str, list[tuple[float, float]]] = {"A": [], "B": [], "C": []}
    for _ in range(days):
        demand = chance.uniform(0.5, 1.5)
        for name, price in (("A", 100), ("B", 210), ("C", 105)):
            contacts = max(1, round(chance.uniform(4, 12) * demand))
            rows[name].append((round(contacts * price * chance.uniform(0.8, 1.2)), contacts))
    return rows


def lines(rows: dict[str, list[tuple[float, float]]]) -> list[str]:
    return [
        ADS,
        *(
            ad(name, n + 1, 100, 50, contacts, 1, spend)
            for name, told in rows.items()
            for n, (spend, contacts) in enumerate(told)
        ),
    ]


def widened(residuals: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
    """The variance's factor where neighbours are alike, by hand."""
    looks = float(residuals[:-1] @ residuals[1:]) / float(residuals @ residuals)
    alike = min(max(looks + (1 + 3 * looks) / len(residuals), 0.0), 0.9)
    return (1 + alike) / (1 - alike)


def test_intervals_agree_with_established_packages(made: Made) -> None:
    rows = daily(1)
    found = october(made({"ads": lines(rows)}))
    for name, told in rows.items():
        spend, contacts = np.array(told).T
        fit = sm.WLS(spend, contacts, weights=1 / contacts).fit(cov_type="HC1")
        wider = math.sqrt(widened(spend - float(fit.params[0]) * contacts))
        reach = stats.t.ppf(0.975, len(told) - 1) * float(fit.bse[0]) * wider
        own = found.of(name).rates["cost_per_contact"]
        assert own.value == pytest.approx(float(fit.params[0]), rel=1e-9)
        assert (own.low, own.high) == pytest.approx((own.value - reach, own.value + reach), rel=1e-8)


def test_differences_by_hand(made: Made) -> None:
    rows = daily(2)
    found = october(made({"ads": lines(rows)}))
    chances = {}
    for name, told in rows.items():
        rest = [
            (sum(rows[o][n][0] for o in rows if o != name), sum(rows[o][n][1] for o in rows if o != name))
            for n in range(28)
        ]
        own_x, rest_x = sum(x for _, x in told), sum(x for _, x in rest)
        own, others = sum(y for y, _ in told) / own_x, sum(y for y, _ in rest) / rest_x
        apart = [(y - own * x) / own_x - (v - others * w) / rest_x for (y, x), (v, w) in zip(told, rest, strict=True)]
        error = math.sqrt(28 / 27 * sum(part**2 for part in apart) * widened(np.array(apart)))
        one = found.of(name).differences["cost_per_contact"]
        assert (one.own, one.others) == pytest.approx((own, others), rel=1e-9)
        reach = stats.t.ppf(0.975, 27) * error
        assert (one.low, one.high) == pytest.approx((own - others - reach, own - others + reach), rel=1e-8)
        chances[name] = 2 * stats.t.sf(abs(own - others) / error, 27)
        assert one.chance == pytest.approx(chances[name], rel=1e-6, abs=1e-12)
        assert one.money == pytest.approx((own - others) * own_x / 28 * 30)
    stand = stats.false_discovery_control(list(chances.values())) <= 0.05
    verdicts = [found.of(name).differences["cost_per_contact"].verdict != "none" for name in chances]
    assert verdicts == stand.tolist()
    assert found.of("B").differences["cost_per_contact"].verdict == "worse"
    assert "a contact costs twice as much in «B» as in all others together" in headline(found, EN)


def test_yields_are_judged_whatever_is_known_of_spend(made: Made) -> None:
    rows = [ADS]
    for day in range(1, 29):
        rows += [
            ad("A", day, 1000 + day, 100 - day % 3, 5 + day % 2, 1, None),
            ad("B", day, 1000 - day, 50 + day % 2, 5, 1, 900),
        ]
    found = october(made({"ads": rows}))
    assert found.of("A").differences["view_rate"].verdict == "better"
    assert "cost_per_view" not in found.of("A").rates


def test_a_month_that_was_dearer(made: Made) -> None:
    rows, chance = [ADS], random.Random(8)
    for n in range(61):
        day = date(2026, 9, 1) + timedelta(days=n)
        spend = (100 if n < 30 else 300) + chance.randint(0, 20)
        rows.append(f"A,1,Haircut,Omsk,Hair,{day},{day},100,50,{chance.randint(4, 6)},1,{spend}")
    found = compare(made({"ads": rows}), Asked("month"))
    assert "a contact was dearest in October 2026" in headline(found, EN)


def test_long_times_are_taken_by_weeks(made: Made) -> None:
    chance, first = random.Random(5), date(2026, 5, 4)
    told = [(float(chance.randint(50, 500)), float(chance.randint(1, 9))) for _ in range(140)]
    rows = [ADS]
    for n, (spend, contacts) in enumerate(told):
        day = first + timedelta(days=n)
        rows.append(f"A,1,Haircut,Omsk,Hair,{day},{day},100,50,{contacts:g},1,{spend:g}")
    own = compare(made({"ads": rows}), Asked()).of("A").rates["cost_per_contact"]
    spend, contacts = np.array(told).T
    fit = sm.WLS(spend, contacts, weights=1 / contacts).fit(
        cov_type="cluster", cov_kwds={"groups": np.arange(140) // 7}
    )  # fmt: skip
    # statsmodels also corrects for the parameters of the rows, (N − 1) / (N − 1): nothing for one parameter.
    weeks = [(told[n : n + 7]) for n in range(0, 140, 7)]
    sums = np.array([sum(y - float(fit.params[0]) * x for y, x in week) for week in weeks])
    reach = stats.t.ppf(0.975, 19) * float(fit.bse[0]) * math.sqrt(widened(sums))
    assert own.clusters == 20
    assert (own.low, own.high) == pytest.approx((own.value - reach, own.value + reach), rel=1e-8)


@pytest.mark.parametrize(("alike", "most"), [(0.0, 0.07), (0.5, 0.13)])
def test_equal_accounts_are_hardly_ever_called_different(alike: float, most: float) -> None:
    """Draws of a month of two equal accounts, whose prices of one day are like those of the day before, or not."""
    chance, called, draws = np.random.default_rng(3), 0, 600
    for _ in range(draws):
        contacts, noise = chance.poisson(8, (2, 31)).astype(float), chance.normal(0, 1, (2, 31))
        for day in range(1, 31):
            noise[:, day] = alike * noise[:, day - 1] + math.sqrt(1 - alike**2) * noise[:, day]
        found, _, _ = difference(contacts * (100 + 12 * noise), contacts, np.arange(31), np.ones((2, 31), dtype=bool))
        called += 2 * stats.t.sf(abs(found.value[0]) / found.error[0], 30) <= 0.05
    assert called / draws <= most


@pytest.mark.parametrize("kpi", ["cost_per_contact", "cost_per_view", "contact_rate", "view_rate", "order_rate"])
def test_the_same_digits_as_the_kpi(made: Made, kpi: str) -> None:
    rows = daily(7)
    reader = made({"ads": [*lines(rows), ad("A", 1, 3000, None, 31, 7, 999, until=31, name="9")]})
    asked = Query((kpi,), FIRST, date(2026, 10, 31), "total", "account", (), ())
    frame = evaluate(reader, catalogue(), asked, TargetBook()).frame
    members = frame[~frame["is_total"].astype(bool)]
    assert len(members) == 3
    found = october(reader)
    for name, value in zip(members["slice"], members["value"], strict=True):
        assert found.of(name).rate(kpi) == pytest.approx(float(value), abs=1.1e-9)
    assert fmean(members["value"]) > 0
