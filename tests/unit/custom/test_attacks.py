"""More than two hundred expressions that want more than to count are refused, each with a reason."""

import pytest

from data.errors import UserError
from data.expression import Params
from data.store.entries import CustomKpi
from kpi.custom.binding import Known
from kpi.custom.definition import made
from tests.unit.custom.attacks import ATTACKS


def said(formula: str) -> CustomKpi:
    return CustomKpi("own_attack", "Attack", "", formula, "finance", "count", "higher")


def test_there_are_two_hundred() -> None:
    assert len(ATTACKS) >= 200


@pytest.mark.parametrize("formula", ATTACKS, ids=lambda text: ascii(text[:40]))
def test_refused_with_a_reason(formula: str, what: Known) -> None:
    with pytest.raises(UserError) as refused:
        made(said(formula), what, {})
    assert len(str(refused.value.title)) > 10


@pytest.mark.parametrize(
    "text", ["x'; drop table fact_orders; --", "{0}", "%s", "' || read_text('x') || '", '"; select 1']
)
def test_a_persons_text_is_a_value_and_nothing_else(text: str, what: Known) -> None:
    literal = text.replace("'", "''")
    kpi = made(said(f"count(orders, service = '{literal}')"), what, {}).kpi
    params = Params()
    from tests.unit.custom.compiled import sql_of

    sql = sql_of(kpi, params)
    assert text not in sql
    assert text in params.values.values()
