"""Page, paper, workbook and command line say the same of everybody."""

import io

import openpyxl
import pytest

from data.store.store import Store
from kpi.bonus import Answer
from kpi.bonus import words as told
from kpi.bonus.explained import explain
from kpi.command import bonus_answer
from kpi.language import language
from kpi.report.bonus import write_workbook
from tests.unit.bonus.conftest import SEPTEMBER, Asking


@pytest.mark.parametrize("code", ["ru", "en"])
def test_one_number_everywhere(barbershop: Store, asking: Asking, code: str) -> None:
    words = language(code)
    answer: Answer = asking(barbershop).month("barbers", SEPTEMBER)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(answer, answer.sheet.slips, words)), data_only=True)
    table, records = bonus_answer.table(answer, words), bonus_answer.as_dict(answer)["people"]
    for slip, record in zip(answer.sheet.slips, records, strict=True):
        name, page = slip.person.name, explain(answer, slip, words)
        cells = {str(row[0].value): row[1].value for row in book[name].iter_rows()}
        paid = cells[words.t("To be paid")]
        assert paid == record["payable"] == float(answer.payable(name))
        assert told.money(words, slip.total) in page.headline
        assert dict(page.totals)[words.t("Bonus")] == told.money(words, slip.total)
        assert told.money(words, slip.total) in table
        assert page.headline in bonus_answer.sheet(answer, slip, words)
        roubles = [row[16].value for row in book[name].iter_rows() if isinstance(row[16].value, float | int)]
        sides = [side["money"] for kpi in record["kpis"] for side in (kpi["personal"], kpi["team"]) if side["weight"]]
        assert roubles == sides
        assert [line.money for line in page.lines] == [words.value(money, "money", exact=True) for money in sides]
