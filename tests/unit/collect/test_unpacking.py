"""Archives give their tables, and no more bytes than one file may have."""

import io
import zipfile

from data.collect.model import Arrived, Limits, Noted
from data.collect.unpacking import unpacked


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def taken(content: bytes, limits: Limits | None = None) -> tuple[list[tuple[str, str, bytes]], list[str]]:
    found = list(unpacked(Arrived("a.zip", content, "k"), limits or Limits()))
    files = [(one.name, one.key, one.content) for one in found if isinstance(one, Arrived)]
    return files, [str(one.message) for one in found if isinstance(one, Noted)]


def test_tables_come_out_and_nothing_else() -> None:
    content = packed({
        "отчёт/Заказы.csv": b"a", "b.XLSX": b"b", "readme.pdf": b"c", "inner.zip": packed({"x.csv": b"d"}),
        "__MACOSX/b.csv": b"e", ".hidden.csv": b"f", "../../evil.csv": b"g", "empty/": b"",
    })  # fmt: skip
    files, notes = taken(content)
    assert files == [
        ("Заказы.csv", "k!отчёт/Заказы.csv", b"a"), ("b.XLSX", "k!b.XLSX", b"b"),
        ("evil.csv", "k!../../evil.csv", b"g"),
    ]  # fmt: skip
    assert notes == []


def test_a_file_that_is_no_archive_comes_as_it_is() -> None:
    one = Arrived("a.xlsx", packed({"x.csv": b"a"}), "k")
    assert list(unpacked(one, Limits())) == [one]


def test_a_bomb_stops_at_what_a_file_may_have() -> None:
    content = packed({"a.csv": b"ok", "bomb.csv": bytes(30_000_000), "c.csv": b"never"})
    files, notes = taken(content, Limits(bytes=1_000_000))
    assert [name for name, _, _ in files] == ["a.csv"]
    assert notes == ["The archive a.zip unpacks to more than 1 MB: not all of it was taken."]


def test_damaged_locked_and_empty_ones_are_told() -> None:
    whole = packed({"a.csv": b"a" * 500}, zipfile.ZIP_STORED)
    assert taken(whole[:-30]) == ([], ["The archive a.zip is damaged or locked, and was not opened."])
    assert taken(packed({"a.pdf": b"a"})) == ([], ["The archive a.zip holds no table."])
    locked = bytearray(whole)
    locked[6] |= 1
    locked[whole.index(b"PK\x01\x02") + 8] |= 1
    assert taken(bytes(locked)) == ([], ["The archive a.zip is damaged or locked, and was not opened."])
    many = packed({f"{n}.csv": b"a" for n in range(60)})
    files, notes = taken(many)
    assert len(files) == 50
    assert notes == ["The archive a.zip holds 60 files; 50 were taken."]


def test_names_of_russian_archives_of_windows_are_read() -> None:
    made = packed({"XXXXXX.csv": b"a"})
    name = "Заказы.csv".encode("cp866")
    assert taken(made.replace(b"XXXXXX.csv", name))[0][0][0] == "Заказы.csv"
