"""Titles above, totals below, and whether there is a header at all."""

import pytest

from data.ingest.read.layout import find_head, is_total
from tests.unit.ingest.read.staged import Text


def test_titles_above_and_totals_below(text: Text) -> None:
    staged = text(
        "Отчёт по заказам;;\nПериод: 01.10.2026–31.10.2026;;\n;;\nЗаказ;Мастер;Сумма\n"
        "1;Аня;100\n2;Оля;200\n;;\nИтого;;300\nСоставил: Петров;;\n"
    )
    assert staged.raw.header == ("Заказ", "Мастер", "Сумма")
    assert staged.rows == [("1", "Аня", "100"), ("2", "Оля", "200")]
    assert staged.lines == [5, 6]
    assert staged.finding("title_rows").examples == ("Отчёт по заказам", "Период: 01.10.2026–31.10.2026")
    assert "lines 1–2" in str(staged.finding("title_rows").message)
    assert "line 8" in str(staged.finding("total_rows").message)
    assert staged.finding("note_rows").examples == ("Составил: Петров",)
    assert "lines 3, 7" in str(staged.finding("blank_rows").message)


def test_ragged_titles_and_totals(text: Text) -> None:
    staged = text("Отчёт\n\nЗаказ;Мастер;Сумма\n1;Аня;100\n2;Оля;200\nВсего: 2\n")
    assert staged.raw.header == ("Заказ", "Мастер", "Сумма")
    assert staged.rows == [("1", "Аня", "100"), ("2", "Оля", "200")]
    assert staged.lines == [4, 5]


def test_subtotals_between_the_rows(text: Text) -> None:
    staged = text("Филиал;Мастер;Сумма\nЦентр;Аня;100\nИтого по филиалу Центр;;100\nСевер;Оля;200\nИтого;;300\n")
    assert [row[1] for row in staged.rows] == ["Аня", "Оля"]
    assert "lines 3, 5" in str(staged.finding("total_rows").message)


def test_a_full_row_that_says_total_is_data(text: Text) -> None:
    staged = text("Показатель;Январь;Февраль\nTotal;1;2\nЗаказы;3;4\nОтзывы;5;6\n")
    assert staged.raw.rows == 3


@pytest.mark.parametrize(
    "word", ["Итого", "ИТОГО:", "Всего по отделу", "Total", "Grand Total", "Итого за октябрь", "Общий итог"]
)
def test_total_words(word: str) -> None:
    assert is_total(["", word, "5"])


@pytest.mark.parametrize("word", ["Всеволод", "Итоговая стрижка", "Totally clean", "Всего заказов", "Subway", "Тотал"])
def test_words_that_are_no_totals(word: str) -> None:
    assert not is_total([word, "5"])


def test_no_header(text: Text) -> None:
    staged = text("1;01.10.2026;Аня;100\n2;02.10.2026;Оля;200\n3;03.10.2026;Аня;300\n")
    assert not staged.raw.records_header
    assert staged.raw.header == ()
    assert len(staged.rows) == 3
    assert staged.lines == [1, 2, 3]
    assert staged.has("no_header")


def test_no_header_and_only_texts(text: Text) -> None:
    staged = text("Аня,стрижка,выполнен\nОля,окраска,отменён\nАня,окраска,выполнен\nОля,стрижка,выполнен\n")
    assert not staged.raw.records_header


def test_a_header_of_texts_over_texts(text: Text) -> None:
    staged = text("Мастер,Услуга,Статус\nОля,окраска,отменён\nАня,окраска,выполнен\n")
    assert staged.raw.header == ("Мастер", "Услуга", "Статус")


def test_days_as_column_names() -> None:
    head = find_head([["Мастер", "1", "2", "3", "4"], ["Аня", "8", "8", "0", "8"], ["Оля", "0", "8", "8", "8"]], 5)
    assert head.header == 0


def test_dates_as_column_names() -> None:
    head = find_head([["Мастер", "01.10.2026", "02.10.2026"], ["Аня", "8", "8"], ["Оля", "0", "8"]], 3)
    assert head.header == 0


def test_one_row_of_numbers_is_data() -> None:
    assert find_head([["1", "2"]], 2).header is None


def test_a_sparse_first_record_is_no_title() -> None:
    head = find_head([["1", "", "", ""], ["2", "5", "7", "9"], ["3", "5", "7", "9"]], 4)
    assert head.header is None
    assert head.first <= 1


def test_a_narrow_table_above_is_no_title() -> None:
    narrow = [["Дата", "Имя", "Город", *[""] * 6], *[["1", "Аня", "Омск", *[""] * 6]] * 10]
    wide = [[f"c{i}" for i in range(9)], *[[str(i) for i in range(9)]] * 30]
    assert find_head(narrow + wide, 9).header == 0


GROUPED = "Мастер,Январь,,Февраль,\n,План,Факт,План,Факт\nАня,1,2,3,4\nОля,5,6,7,8\nЮля,9,10,11,12\n"
NAMES = ("Мастер", "Январь / План", "Январь / Факт", "Февраль / План", "Февраль / Факт")


@pytest.mark.parametrize("above", ["", "Отчёт по мастерам,,,,\n", "Период:,январь,,,\n,,,,\n"])
def test_a_header_of_two_rows(text: Text, above: str) -> None:
    staged = text(above + GROUPED)
    assert staged.raw.header == NAMES
    assert staged.rows[0] == ("Аня", "1", "2", "3", "4")
    assert staged.finding("header_rows").count == 2


def test_groups_that_tell_names_apart(text: Text) -> None:
    staged = text("Зал,,Кабинет,\nЧасы,Сумма,Часы,Сумма\n1,2,3,4\n5,6,7,8\n")
    assert staged.raw.header == ("Зал / Часы", "Зал / Сумма", "Кабинет / Часы", "Кабинет / Сумма")


@pytest.mark.parametrize("above", ["Отчёт,за октябрь,", "Филиал:,Центр,"])
def test_titles_that_name_no_column(text: Text, above: str) -> None:
    staged = text(f"{above}\nМастер,Сумма,Сумма\nАня,1,2\nОля,3,4\n")
    assert staged.raw.header == ("Мастер", "Сумма", "Сумма")
    assert staged.has("title_rows")


def test_a_record_of_texts_is_no_second_header_row(text: Text) -> None:
    staged = text("Мастер,Услуга,Смена,,\nАня,стрижка,день,да,нет\nОля,борода,ночь,да,нет\nЮля,завивка,день,да,нет\n")
    assert staged.raw.rows == 3


def test_a_title_wider_than_the_table(text: Text) -> None:
    staged = text("Выгрузка,из кассы,среда,1 октября\nЧек,Сумма\n" + "".join(f"{n},{n}00\n" for n in range(30)))
    assert staged.raw.header == ("Чек", "Сумма")
    assert staged.raw.rows == 30


def test_totals_in_a_large_table(text: Text) -> None:
    rows = [f"{n};Аня;{n}" for n in range(120_000)]
    rows[50_000:50_000] = ["Итого по филиалу;;5", "Итог матча;Оля;7"]
    staged = text("Заказ;Мастер;Сумма\n" + "\n".join([*rows, "Всего;;9", ";Итого;8"]))
    assert staged.raw.rows == 120_001
    assert "lines 50002, 120004–120005" in str(staged.finding("total_rows").message)
    assert staged.rows[50_000] == ("Итог матча", "Оля", "7")
    assert staged.lines[50_000] == 50_003


def test_many_blank_rows(text: Text) -> None:
    staged = text("a;b\n" + "".join(f"{n};x\n" + ";\n" * 3 for n in range(300)))
    assert staged.finding("blank_rows").count == 900
    assert staged.lines[:3] == [2, 6, 10]
    assert staged.rows[299] == ("299", "x")


def test_a_record_that_counts_up_is_no_numbering_of_columns(text: Text) -> None:
    assert text("a,b,c,d\n1,2,3,4\n5,6,7,8\n").rows[0] == ("1", "2", "3", "4")


def test_a_numbering_of_columns(text: Text) -> None:
    staged = text("Заказ;Мастер;Услуга;Сумма\n1;2;3;4\n17;Аня;стрижка;500\n18;Оля;борода;900\n")
    assert staged.raw.rows == 2
    assert "Line 2" in str(staged.finding("numbering_row").message)
