"""What hand-written SQL says of the tiny business, two servers of ClickHouse say too: the oracle's own tests."""

# ruff: noqa: F401 - collected here once more, over this folder's `ask`

import pytest

from tests.oracle.test_comparisons import (
    test_any_days_stand_for_the_previous_period,
    test_months_stand_beside_months_as_far_away,
)
from tests.oracle.test_values import (
    test_not_available_by_what_a_fact_lacks,
    test_slices,
    test_totals,
    test_totals_do_not_change_when_sliced,
)

pytestmark = pytest.mark.slow
