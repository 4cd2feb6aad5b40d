"""Catalogues are read as Babel reads them."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kpi.language.translation import LOCALE_DIR, read_texts

CATALOGUES = sorted(LOCALE_DIR.rglob("*.po"))
ODD = r"""
msgid ""
msgstr "Language: ru\n"

#, fuzzy
msgid "guessed"
msgstr "угадано"

msgid ""
"in two "
"\"lines\"\n"
msgstr ""
"в две\t"
"\\строки\\"

msgid "empty"
msgstr ""

msgid "{n} row"
msgid_plural "{n} rows"
msgstr[0] "{n} строка"
msgstr[1] "{n} строки"
msgstr[2] "{n} строк"

msgid "{n} half"
msgid_plural "{n} halves"
msgstr[0] "{n} половина"
msgstr[1] ""
msgstr[2] ""

#~ msgid "gone"
#~ msgstr "ушло"
"""


def by_babel(path: Path) -> dict[str, tuple[str, ...]]:
    texts: dict[str, tuple[str, ...]] = {}
    with path.open("rb") as file:
        for entry in read_po(file):
            source = entry.id if isinstance(entry.id, str) else entry.id[0]
            forms = [entry.string] if isinstance(entry.string, str) else list(entry.string or ("",))
            if source and not entry.fuzzy and all(forms):
                texts[source] = tuple(str(form) for form in forms)
    return texts


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_ours(path: Path) -> None:
    assert read_texts(path) == by_babel(path)


def test_odd_ones(tmp_path: Path) -> None:
    path = tmp_path / "odd.po"
    path.write_text(ODD, encoding="utf-8")
    assert read_texts(path) == by_babel(path)
    assert read_texts(path)['in two "lines"\n'] == ("в две\t\\строки\\",)
