"""Which characters the bytes mean: a byte order mark, else UTF-16 by its zero bytes, else UTF-8 if it is valid,
else the Cyrillic or Western code page that reads most like words."""

import codecs
import re
from pathlib import Path

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC = ("cp1251", "cp866", "koi8-r")
_COMMON = frozenset("оеаинтсрвлкмдпуяы")
_CYRILLIC_WORD = re.compile("[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+")

TITLES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1251": "Windows-1251",
    "cp866": "CP866",
    "koi8-r": "KOI8-R",
    "cp1252": "Windows-1252",
}
"""Codec → the name people know it by."""


def detect(sample: bytes, whole: bool = False) -> str:
    """The codec of a sample from a file's start; `whole`: the sample does not break off inside a character."""
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if wide := utf16_without_mark(sample):
        return wide
    damage = invalid_utf8(sample, whole)
    sequences = sum(1 for _ in re.finditer(rb"[\xc2-\xf4][\x80-\xbf]+", sample)) if damage else 0
    return "utf-8" if damage * 10 <= sequences else _code_page(sample)


def detect_whole(path: Path, sample_codec: str) -> str:
    """The codec once the whole file is considered: bytes that are not ASCII may first come after the sample."""
    if sample_codec != "utf-8":
        return sample_codec
    odd: list[bytes] = []
    size = 0
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                odd.append(line)
                size += len(line)
                if size > 1 << 18:
                    break
    return detect(b"".join(odd), whole=True)


def invalid_utf8(sample: bytes, whole: bool) -> int:
    """Places that are not UTF-8; a character torn by the end of the sample does not count."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(sample, whole)
    return text.count("\ufffd") - sample.count("\ufffd".encode())


def utf16_without_mark(sample: bytes) -> str | None:
    """The UTF-16 codec if every other byte is that of the Latin or Cyrillic block; None otherwise."""
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd = (sum(half.count(block) for block in (0, 4)) / len(half) for half in (sample[0::2], sample[1::2]))
    if max(even, odd) < 0.9 or min(even, odd) > 0.5:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _code_page(sample: bytes) -> str:
    high = bytes(b for b in sample if b > 127)
    if not high:
        return "utf-8"
    western = len(re.findall(rb"[A-Za-z][\xdf-\xff](?![\x80-\xff])", sample))
    if western > 0.5 * len(high):
        return "cp1252"
    return max(_CYRILLIC, key=lambda codec: _russian(sample, codec))


def _russian(sample: bytes, codec: str) -> float:
    """How much of the text reads like Russian: common letters in words of one case, and few other signs."""
    text = sample.decode(codec, "replace")
    words = _CYRILLIC_WORD.findall(text)
    common = sum(letter in _COMMON for word in words if len(word) > 1 for letter in word.lower())
    other = sum(1 for sign in text if sign > "\x7f" and not ("А" <= sign <= "я" or sign in "ёЁ№«»—–\u00a0₽"))
    return common + 0.5 * sum(len(word) for word in words) - 2 * len(words) - 2 * other
