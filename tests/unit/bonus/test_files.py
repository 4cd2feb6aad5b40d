"""The sheets as files: an office program counts every kopeck of the workbook again; paper shows the page's texts."""

import io
import random
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from data.store.entries import Correction
from data.store.store import Store
from kpi.bonus import Answer, Scheme, Sheet, reckon
from kpi.bonus.asking import Approved
from kpi.bonus.curve import Curve
from kpi.bonus.explained import explain
from kpi.bonus.inputs import PersonInput
from kpi.language import language
from kpi.report.bonus import write_pdf, write_workbook
from tests.unit.bonus.conftest import SEPTEMBER, Asking
from tests.unit.bonus.made import D, gate, kpi, month, person, plain, scheme, side
from tests.unit.bonus.test_asking import OWN_SHARE, SHARE

EN, RU = language("en"), language("ru")
GATE = '\n[[gate]]\nkpi = "revenue"\nat_least = 70\notherwise = 33\n'
KINDS = {
    "own": 'from = "person"\namount = 12345', "kept": 'from = "pool"\namount = 1',
    "spread": 'from = "pool"\namount = 1\nunearned = "spread"',
}  # fmt: skip
BRAKED = (
    'round_to = 0.01\nteam_share = 35\n[fund]\nfrom = "staff"\n[[kpi]]\nkpi = "addon_rate"\nweight = 60\n'
    'curve = "steps"\nbrake = { kpi = "rework_rate", from = 2, to = 6, least = 40 }\n'
    '[[kpi]]\nkpi = "revenue"\nweight = 40\nbrake = { kpi = "rating", from = 4.5, to = 4, least = 10 }\n'
)


def curve(chance: random.Random) -> Curve:
    points = [D(chance.randint(0, 9_999)) / 100 for _ in range(4)]
    low, middle, high, outer = sorted(points)
    pays = D(chance.randint(0, 100)), D(chance.randint(100, 200))
    kind = chance.choice(["higher", "lower", "band"])
    if kind == "band":
        return Curve("band", low, middle, high, *pays, outer=outer)
    ordered = (low, middle, high) if kind == "higher" else (high, middle, low)
    return Curve("higher" if kind == "higher" else "lower", *ordered, *pays, steps=chance.random() < 0.3)


def anybody(name: str, chance: random.Random, rules: Scheme) -> PersonInput:
    def one() -> str | None:
        return None if chance.random() < 0.15 else str(D(chance.randint(0, 9_999)) / 100)

    sides = [side(one(), curve(chance), str(D(chance.randint(0, 700)) / 100)) for _ in range(4)]
    fund = str(D(chance.randint(1, 4_000_000)) / 100)
    kpis = [kpi(sides[0], sides[1]), kpi(sides[2], sides[3])]
    return person(name, kpis, fund, "100", [gate("50")] * len(rules.gates))


def answers() -> Iterator[tuple[str, Answer]]:
    chance = random.Random(11)
    for name, fund in KINDS.items():
        for rule in ("spread", "full"):
            rules = plain(fund + GATE, f'pro_rata = "days"\nunmeasured = "{rule}"\nteam_share = 30')
            yield f"{name}-{rule}", Answer(rules, _sheet(rules, chance), None)
    braked = scheme(BRAKED)
    yield "braked", Answer(braked, _sheet(braked, chance), None)
    corrections = (Correction(1, 1, "P1", -12345, "=1+1", datetime(2026, 10, 2)),)
    kept = Approved(1, datetime(2026, 10, 1), 5, 1, "0" * 64, True, corrections)
    yield "corrected", Answer(plain(), _sheet(plain(), chance), kept)


def _sheet(rules: Scheme, chance: random.Random) -> Sheet:
    people = [anybody(f"P{n}", chance, rules) for n in range(12)]
    return reckon(rules, month(people, "98765"))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_an_office_program_counts_every_cell_to_the_same(barbershop: Store, asking: Asking, tmp_path: Path) -> None:
    real = asking(barbershop).month("barbers", SEPTEMBER)
    written = {"demo": write_workbook(real, real.sheet.slips, RU)}
    written |= {name: write_workbook(answer, answer.sheet.slips, EN) for name, answer in answers()}
    known = asking(barbershop)
    for name, text in (("share", SHARE), ("own_share", OWN_SHARE)):
        rules = scheme(text)
        sheet = reckon(rules, known.gathered((rules,), SEPTEMBER, SEPTEMBER).month(rules, SEPTEMBER))
        written[name] = write_workbook(Answer(rules, sheet, None), sheet.slips, RU)
    checked = 0
    for name, again in _recalculated(written, tmp_path).items():
        ours = openpyxl.load_workbook(io.BytesIO(written[name]), data_only=True)
        for page in openpyxl.load_workbook(io.BytesIO(written[name])):
            for cell in (cell for row in page.iter_rows() for cell in row if cell.data_type == "f"):
                value, theirs = (book[page.title][cell.coordinate].value for book in (ours, again))
                assert theirs == pytest.approx(value, abs=1e-9), (name, page.title, cell.coordinate, cell.value)
                checked += 1
    assert checked > 1500


def _recalculated(written: dict[str, bytes], folder: Path) -> dict[str, openpyxl.Workbook]:
    """The workbooks without our values, counted by LibreOffice."""
    for name, content in written.items():
        openpyxl.load_workbook(io.BytesIO(content)).save(folder / f"{name}.xlsx")  # formulas only
    files = [str(folder / f"{name}.xlsx") for name in written]
    command = [
        "soffice", f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--convert-to",
        "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "counted"), *files,
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {name: openpyxl.load_workbook(folder / "counted" / f"{name}.xlsx", data_only=True) for name in written}


def test_the_workbook_carries_our_values_and_is_paid_what_the_page_says(barbershop: Store, asking: Asking) -> None:
    answer = asking(barbershop).month("barbers", SEPTEMBER)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(answer, answer.sheet.slips, RU)), data_only=True)
    front = book["Все"]
    paid = {row[0].value: row[1].value for row in front.iter_rows(min_row=4, max_row=8)}
    assert paid == {slip.person.name: float(slip.total) for slip in answer.sheet.slips}
    slip = answer.sheet.of("Руслан Ахметов")
    assert slip is not None
    cells = {str(row[0].value): row[1].value for row in book["Руслан Ахметов"].iter_rows()}
    assert cells["К выплате"] == float(slip.total)
    assert cells["за свой результат"] == float(slip.personal)


def test_no_name_becomes_a_formula_or_breaks_a_sheet() -> None:
    names = ["=SUM(A1)", "a/b:c*d?e[f]'g", "A" * 60, "a" * 60, "@x"]
    rules = plain()
    sheet = reckon(rules, month([person(name, [kpi(side("20"))] * 2) for name in names]))
    answer = Answer(rules, sheet, None)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(answer, sheet.slips, EN)))
    assert len(book.sheetnames) == 6
    assert [row[0].data_type for row in book["All"].iter_rows(min_row=4, max_row=8)] == ["s"] * 5
    assert write_pdf(answer, sheet.slips, EN).startswith(b"%PDF")


def test_the_paper_has_a_page_a_person(barbershop: Store, asking: Asking) -> None:
    answer = asking(barbershop).month("barbers", SEPTEMBER)
    paper = write_pdf(answer, answer.sheet.slips, RU)
    assert paper.count(b"/Type /Page\n") == len(answer.sheet.slips)
    assert b"Inter" in paper


@pytest.mark.parametrize("words", [EN, RU])
def test_what_is_explained_can_be_counted_with_a_pocket_calculator(
    barbershop: Store, asking: Asking, words: object
) -> None:
    answer = asking(barbershop).month("barbers", SEPTEMBER)
    for slip in answer.sheet.slips:
        told = explain(answer, slip, words)  # type: ignore[arg-type]
        for line in told.lines:
            if line.sum:
                assert _number(line.money) == _product(line.sum).quantize(D("0.01"), "ROUND_HALF_UP")
    assert explain(answer, answer.sheet.slips[0], RU).month == date(2026, 9, 1)


def _product(text: str) -> Decimal:
    product = Decimal(1)
    for factor in text.split(" × "):
        product *= _number(factor) / (100 if "%" in factor else 1)
    return product


def _number(text: str) -> Decimal:
    plain_ = text.replace("\u00a0", "").replace("₽", "").replace("%", "")
    return Decimal(plain_.replace(",", ".") if "." not in plain_ and _is_russian(text) else plain_.replace(",", ""))


def _is_russian(text: str) -> bool:
    return "\u00a0" in text
