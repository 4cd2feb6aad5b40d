"""Limits and rules as published worked examples give them.

Sources: SAS/QC User's Guide, «Displaying Individual Measurements on an EWMA Chart» (tires), «Applying Tests for Special
Causes» (jet engines; gap widths); NIST/SEMATECH e-Handbook of Statistical Methods 6.3.2.2 (flow rate);
NHSRplotthedots, tests of its run rules and its vignette on screened outliers.
"""

import pytest

from kpi.signals import course, natural_limits
from kpi.signals.rules import near, outside, runs, signs, trends

TIRES = [
    24.05, 23.99, 23.95, 23.93, 23.97, 24.02, 24.06, 24.10, 23.98, 24.03, 23.91, 24.06, 24.06, 23.96, 23.98, 24.06,
    24.01, 24.00, 23.93, 23.92, 24.09, 24.11, 24.05, 23.98, 23.98, 24.06, 24.02, 24.06, 23.97, 23.96,
]  # fmt: skip
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
ENGINES = [
    1270, 1258, 1248, 1260, 1263, 1260, 1259, 1240, 1260, 1246, 1238, 1253, 1249, 1245, 1251, 1252, 1249, 1274, 1258,
    1268, 1248, 1295, 1243, 1253, 1258,
]  # fmt: skip
GAPS = [270, 258, 248, 260, 273, 260, 259, 248, 260, 255, 268, 253, 273, 275, 257, 269, 249, 264, 258, 248, 248]
GAP_RANGES = [35, 25, 24, 39, 29, 21, 37, 37, 28, 19, 36, 36, 29, 22, 24, 41, 36, 31, 25, 36, 30]


@pytest.mark.parametrize(
    ("values", "mean", "lower", "upper"),
    [(TIRES, 24.0083, 23.8571, 24.1596), (FLOW, 50.81, 45.8159, 55.8041)],
)
def test_limits(values: list[float], mean: float, lower: float, upper: float) -> None:
    limits = natural_limits(values)
    assert limits is not None
    # 2.66 is 3 ÷ 1.128 rounded: the examples use the latter
    assert (limits.mean, limits.lower, limits.upper) == pytest.approx((mean, lower, upper), rel=2e-5)
    assert course(values).last.limits == limits


def test_the_outlier_of_the_vignette_is_screened() -> None:
    values = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    limits = natural_limits(values)
    assert limits is not None
    # 15 of the 17 moving ranges are 1; those of 8 and 9 exceed 3.267 × their mean
    assert (limits.mean, limits.upper) == pytest.approx((35 / 18, 35 / 18 + 2.66))
    assert [place for place, r in enumerate(course(values).readings) if "outside" in r.rules] == [4]


def test_jet_engine_weights_give_one_point_outside_and_one_run_of_seven() -> None:
    readings = course([float(weight) for weight in ENGINES]).readings
    assert [1711 + n for n, r in enumerate(readings) if "outside" in r.rules] == [1732]
    assert [1711 + n for n, r in enumerate(readings) if "run" in r.rules] == list(range(1720, 1728))
    assert not any("trend" in r.rules for r in readings)


def test_gap_widths_give_two_of_three_at_sample_fourteen() -> None:
    mean = sum(GAPS) / len(GAPS)
    reach = 0.577 * sum(GAP_RANGES) / len(GAP_RANGES)
    distances = [(gap - mean) / reach for gap in GAPS]
    assert [n for n, side in enumerate(near(distances), 1) if side] == [13, 14]
    assert not any(outside(distances))


def test_seven_on_one_side_as_the_nhs_package_has_it() -> None:
    assert not any(runs([1] * 6))
    assert not any(runs([*[1] * 6, -1]))
    assert runs([*[1] * 8, -1]) == (*[1] * 8, 0)
    assert runs([-1, *[1] * 8, -1]) == (0, *[1] * 8, 0)
    assert not any(runs([1, 1, 1, 0, 1, 1, 1, 1]))


def test_seven_rising_as_the_nhs_package_has_it() -> None:
    assert not any(trends([1, 2, 3, 4, 5, 6]))
    assert not any(trends([1, 2, 3, 3, 4, 5, 6]))
    assert trends([2, 1, 2, 3, 4, 5, 6, 7, 3]) == (0, 1, 1, 1, 1, 1, 1, 1, 0)
    assert trends([2, 7, 6, 5, 4, 3, 2, 1, 3]) == (0, -1, -1, -1, -1, -1, -1, -1, 0)


def test_two_of_three_on_one_side_only() -> None:
    far = 0.7
    assert near([far, 0, far]) == (1, 0, 1)
    assert near([far, 0, -far]) == (0, 0, 0)
    assert near([far, 0, 0, far, far]) == (0, 0, 0, 1, 1)
    assert near([2, 0, far]) == (1, 0, 1)
    assert near([far, far]) == (0, 0)
    assert signs([0.0, -0.1, 3]) == (0, -1, 1)
