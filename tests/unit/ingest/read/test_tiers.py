"""Headers of several rows become one name a column; rows that are no header stay rows."""

import pytest

from data.ingest.read.layout import find_head
from data.ingest.read.tiers import Range, Tiers, find_tiers


def tiers(text: str, merged: tuple[Range, ...] = ()) -> Tiers | None:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").split("\n")]
    return find_tiers(rows, find_head(rows, len(rows[-1])), merged)


def header(text: str, merged: tuple[Range, ...] = ()) -> tuple[str, ...]:
    found = tiers(text, merged)
    assert found is not None
    return found.header


SPANS = """
Филиал|Мастер|Выручка|    |Отзывы|
      |      |План   |Факт|Число |Оценка
Центр |Аня   |100    |120 |3     |4,5
Север |Оля   |200    |180 |5     |4,9
"""


def test_two_rows_joined_by_their_blanks() -> None:
    found = tiers(SPANS)
    assert found is not None
    assert found.header == (
        "Филиал", "Мастер", "Выручка / План", "Выручка / Факт", "Отзывы / Число", "Отзывы / Оценка",
    )  # fmt: skip
    assert (found.rows, found.first) == ((0, 1), 2)


def test_two_rows_joined_by_merged_cells() -> None:
    merged = ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5), (0, 0, 0, 5))
    assert header("Отчёт за октябрь|||||" + SPANS, merged) == header(SPANS)


def test_the_lower_row_was_taken_for_the_header() -> None:
    text = """
      |      |Выручка|    |Отзывы|
Филиал|Мастер|План   |Факт|План  |Факт
Центр |Аня   |100    |120 |3     |4
Север |Оля   |200    |180 |5     |6
"""
    assert header(text) == (
        "Филиал", "Мастер", "Выручка / План", "Выручка / Факт", "Отзывы / План", "Отзывы / Факт",
    )  # fmt: skip


def test_three_rows() -> None:
    text = """
Мастер|Октябрь|    |       |
      |Стрижка|    |Окраска|
      |План   |Факт|План   |Факт
Аня   |1      |2   |3      |4
Оля   |5      |6   |7      |8
"""
    merged = ((0, 0, 2, 0), (0, 1, 0, 4), (1, 1, 1, 2), (1, 3, 1, 4))
    assert header(text, merged) == (
        "Мастер", "Октябрь / Стрижка / План", "Октябрь / Стрижка / Факт",
        "Октябрь / Окраска / План", "Октябрь / Окраска / Факт",
    )  # fmt: skip


def test_blank_rows_inside_a_merged_header() -> None:
    text = """
Region|Contribution|Impact      |
      |            |            |
      |(%)         |from quarter|from baseline
A     |B           |C           |D
x     |1           |2           |3
"""
    found = tiers(text, ((0, 0, 2, 0), (0, 2, 1, 3)))
    assert found is not None
    assert found.header == ("Region", "Contribution / (%)", "Impact / from quarter", "Impact / from baseline")
    assert (found.numbering, found.first) == (3, 4)


def test_a_row_that_numbers_the_columns() -> None:
    found = tiers("Имя|Город|Часы|Сумма\n1|2|3|4\nАня|Омск|8|100\nОля|Томск|7|90")
    assert found is not None
    assert (found.header, found.numbering, found.first) == (("Имя", "Город", "Часы", "Сумма"), 1, 2)


SALES = "\nДата|Клиент|Услуга|Сумма\n1.10.2026|Аня|Стрижка|5\n2.10.2026|Оля|Окраска|7"


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("Отчёт по продажам|||" + SALES, ((0, 0, 0, 2),)),
        ("Отчёт по продажам|||" + SALES, ((0, 0, 0, 3),)),
        ("Период:|октябрь||" + SALES, ((0, 1, 0, 2),)),
        ("Филиал|Центр||" + SALES, ()),
        ("Дата|Клиент|Услуга|Сумма\n|Аня|Стрижка|\n2.10.2026|Оля|Окраска|7\n3.10.2026|Ира|Окраска|8", ()),
        ("Дата|Клиент|Услуга|Сумма\n1.10.2026|||\n2.10.2026|Оля|Окраска|7\n3.10.2026|Ира|Окраска|8", ()),
    ],
)  # fmt: skip
def test_titles_and_sparse_records_are_no_part_of_the_header(text: str, merged: tuple[Range, ...]) -> None:
    found = tiers(text, merged)
    assert found is not None
    assert found.header == ("Дата", "Клиент", "Услуга", "Сумма")
    assert len(found.rows) == 1


def test_a_column_without_a_name_over_a_text_record() -> None:
    text = "Дата|Клиент||Сумма\n1.10.2026|Аня|звонить|5\n2.10.2026|Оля||7"
    found = tiers(text)
    assert found is not None
    assert (found.header, found.first) == (("Дата", "Клиент", "", "Сумма"), 1)


def test_no_header_no_tiers() -> None:
    assert tiers("1|2|3\n4|5|6") is None
