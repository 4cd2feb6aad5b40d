"""Text that breaks its own rules: repaired, and every repair told with its line."""

from pathlib import Path

import duckdb

from data.ingest.read import stage
from tests.unit.ingest.read.staged import Text, fetch

HEADER = "Заказ,Дата,Услуга,Сумма\n"
ROWS = "".join(f"{n},0{n}.10.2026,стрижка,{n}00\n" for n in range(1, 9))


def test_a_short_row_is_padded(text: Text) -> None:
    staged = text(HEADER + ROWS + "9,09.10.2026\n")
    assert staged.rows[-1] == ("9", "09.10.2026", None, None)
    assert "line 10" in str(staged.finding("padded_rows").message)


def test_a_comma_inside_a_cell(text: Text) -> None:
    staged = text(HEADER + ROWS + "9,09.10.2026,стрижка, укладка,900\n")
    assert staged.rows[-1] == ("9", "09.10.2026", "стрижка, укладка", "900")
    assert "line 10" in str(staged.finding("merged_cells").message)


def test_a_line_end_inside_a_cell(text: Text) -> None:
    staged = text(HEADER + ROWS + "9,09.10.2026,стрижка\nи укладка,900\n" + "10,10.10.2026,бритьё,100\n")
    assert staged.rows[-2:] == [("9", "09.10.2026", "стрижка и укладка", "900"), ("10", "10.10.2026", "бритьё", "100")]
    assert staged.lines[-2:] == [10, 12]
    assert "line 10" in str(staged.finding("joined_rows").message)


def test_two_short_rows_are_not_one(text: Text) -> None:
    staged = text(HEADER + ROWS + "9,09.10.2026\n10,10.10.2026,бритьё\n")
    assert staged.raw.rows == 10


def test_a_stray_quote_swallows_nothing(text: Text) -> None:
    staged = text(HEADER + ROWS + '9,09.10.2026,"стрижка,900\n' + "10,10.10.2026,бритьё,100\n" * 3)
    assert staged.raw.rows == 12
    assert staged.rows[8] == ("9", "09.10.2026", '"стрижка', "900")
    assert "line 10" in str(staged.finding("stray_quotes").message)


def test_two_stray_quotes_swallow_nothing(text: Text) -> None:
    lines = ROWS.splitlines()
    lines[1], lines[6] = '2,02.10.2026,"стрижка,200', '7,07.10.2026,стрижка",700'
    staged = text(HEADER + "\n".join(lines))
    assert staged.raw.rows == 8
    assert staged.rows[3] == ("4", "04.10.2026", "стрижка", "400")


def test_undoubled_quotes_inside(text: Text) -> None:
    staged = text(HEADER + ROWS + '9,09.10.2026,"Салон "Ромашка"",900\n')
    assert staged.rows[-1] == ("9", "09.10.2026", 'Салон "Ромашка"', "900")


def test_inches_are_no_quotes(text: Text) -> None:
    staged = text(HEADER + ROWS + '9,09.10.2026,экран 27",900\n')
    assert staged.rows[-1][2] == 'экран 27"'
    assert not staged.has("stray_quotes")


def test_backslash_escapes(text: Text) -> None:
    staged = text('id,text\n1,"a \\"b\\" c"\n2,"d, \\"e\\" f"\n3,g\n')
    assert staged.rows == [("1", 'a "b" c'), ("2", 'd, "e" f'), ("3", "g")]


def test_apostrophes_as_quotes(text: Text) -> None:
    staged = text("id,text\n'1','a, b'\n'2','c'\n'3','it''s'\n")
    assert staged.rows == [("1", "a, b"), ("2", "c"), ("3", "it's")]


def test_mixed_line_ends(text: Text) -> None:
    staged = text("id,name\r\n1,a\n2,b\r3,c\r\n")
    assert staged.rows == [("1", "a"), ("2", "b"), ("3", "c")]
    assert staged.lines == [2, 3, 4]


def test_a_header_narrower_than_the_rows(text: Text) -> None:
    staged = text("id,name\n1,a,x\n2,b,y\n3,c,z\n")
    assert staged.raw.header == ("id", "name", "")
    assert staged.rows[0] == ("1", "a", "x")


def test_a_header_wider_than_the_rows(text: Text) -> None:
    staged = text("id,name,note\n1,a\n2,b\n3,c\n")
    assert staged.raw.header == ("id", "name", "note")
    assert staged.rows[0] == ("1", "a", None)


def test_a_broken_byte_is_told(text: Text) -> None:
    rows = "".join(f"{n},Иванов Пётр\n" for n in range(50)).encode()
    staged = text(b"id,name\n" + rows + b"50,\xff\xd0\n")
    assert staged.rows[0] == ("0", "Иванов Пётр")
    assert staged.raw.rows == 51
    assert "line 52" in str(staged.finding("unreadable_characters").message)


def test_a_late_fault_is_repaired_too(text: Text) -> None:
    rows = "".join(f"{n},name {n},{n * 2}\n" for n in range(30_000))
    staged = text("id,name,amount\n" + rows + "30000,last\n")
    assert staged.raw.rows == 30_001
    assert staged.lines[-1] == 30_002
    assert staged.finding("padded_rows").count == 1


def test_a_quote_that_only_opens_costs_no_cell(text: Text) -> None:
    staged = text(HEADER + ROWS + '9,"09.10.2026,"стрижка, борода",900\n')
    assert staged.rows[-1] == ("9", '"09.10.2026', "стрижка, борода", "900")


def test_an_empty_cell_too_many_does_not_shift_the_others(text: Text) -> None:
    staged = text(HEADER + ROWS + "9,,09.10.2026,стрижка,900\n")
    assert staged.rows[-1] == ("9", "09.10.2026", "стрижка", "900")
    assert "line 10" in str(staged.finding("surplus_cells").message)


def test_a_cell_too_few_does_not_shift_the_others(text: Text) -> None:
    staged = text(HEADER + ROWS + "9,стрижка,900\n")
    assert staged.rows[-1] == ("9", None, "стрижка", "900")
    assert "line 10" in str(staged.finding("padded_rows").message)


def test_a_missing_delimiter_between_cells_of_known_form(text: Text) -> None:
    rows = "".join(f"{n},{n:02d}.10.2026,10:{n:02d},стрижка,900\n" for n in range(10, 30))
    staged = text("Заказ,Дата,Время,Услуга,Сумма\n" + rows + "30,30.10.202610:30,стрижка,900\n")
    assert staged.rows[-1] == ("30", "30.10.2026", "10:30", "стрижка", "900")
    assert "line 22" in str(staged.finding("parted_cells").message)


def test_one_line_with_a_delimiter_of_its_own(text: Text) -> None:
    staged = text(HEADER + ROWS + "9;09.10.2026;стрижка, борода;900\n10,10.10.2026,бритьё,100\n")
    assert staged.rows[-2:] == [("9", "09.10.2026", "стрижка, борода", "900"), ("10", "10.10.2026", "бритьё", "100")]
    assert "line 10" in str(staged.finding("other_delimiter").message)


def test_a_sentence_is_no_line_with_a_delimiter_of_its_own(text: Text) -> None:
    staged = text(HEADER + ROWS + "всего записей за октябрь\n9,09.10.2026,бритьё,100\n")
    assert staged.rows[-2] == ("всего записей за октябрь", None, None, None)


def test_a_header_with_an_empty_name_too_many(text: Text) -> None:
    staged = text(HEADER.replace("Дата,", "Дата,,") + ROWS)
    assert staged.raw.header == ("Заказ", "Дата", "Услуга", "Сумма")
    assert staged.rows[0] == ("1", "01.10.2026", "стрижка", "100")


def test_the_header_once_more(text: Text) -> None:
    staged = text(HEADER + HEADER + ROWS + HEADER + ROWS)
    assert staged.raw.rows == 16
    assert "lines 2, 11" in str(staged.finding("repeated_headers").message)


def test_misread_dashes_and_quotation_marks(text: Text) -> None:
    staged = text("Услуга,Цена\nстрижка \x96 мужская,500\n\x93Люкс\x94,900\n")
    assert staged.rows == [("стрижка – мужская", "500"), ("“Люкс”", "900")]
    assert staged.finding("misread_characters").count == 2


def test_a_space_behind_every_delimiter_belongs_to_it(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "spaced.csv"
    path.write_text("Мастер, Услуга, Сумма\nАня, 'стрижка', 500\nОля, борода и усы , 900\n", "utf-8")
    (raw,) = stage(con, path, verbatim=True)
    assert raw.header == ("Мастер", "Услуга", "Сумма")
    assert fetch(con, raw).rows[1] == ("Оля", "борода и усы ", "900")


def test_verbatim_cells_keep_everything(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "verbatim.csv"
    path.write_text('Мастер ,Услуга,\n Аня,"раз\nдва",\n"=HYPERLINK(""a"",""b"")",  ,три\n,,\n \t,,\n', "utf-8")
    (raw,) = stage(con, path, verbatim=True)
    assert raw.header == ("Мастер ", "Услуга", "")
    staged = fetch(con, raw)
    assert staged.rows == [(" Аня", "раз\nдва", None), ('=HYPERLINK("a","b")', "  ", "три")]
    assert staged.finding("blank_rows").count == 2
