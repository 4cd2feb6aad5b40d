"""Every one of the big list of naughty strings as a name, through every form."""

from dataclasses import replace
from pathlib import Path

import pytest

from kpi.catalogue import catalogue
from kpi.language import language
from kpi.report.forms import FILES
from kpi.report.model import Remark, Subject
from tests.unit.report import handmade
from tests.unit.report.test_forms import Seen, plain

pytestmark = [pytest.mark.slow, pytest.mark.real_data]
AT_ONCE = 30


def names(real_data: Path) -> list[str]:
    lines = (real_data / "blns.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("form", FILES)
def test_all_of_them(form: str, real_data: Path) -> None:
    found, kpi = names(real_data), catalogue().get("revenue")
    assert len(found) > 450
    for first in range(0, len(found), AT_ONCE):
        some = found[first : first + AT_ONCE]
        lines = [handmade.line(replace(kpi, title=name)) for name in some]
        report = handmade.report(
            lines, [handmade.breakdown(lines[0], some)], subject=Subject("employee", some[0]), business=some[-1],
            remarks=tuple(Remark(kpi, ("employee", name), name, name) for name in some),
        )  # fmt: skip
        made = FILES[form].write(report, language("ru"))
        assert len(made) > 1000
        if form == "html":
            seen = Seen(made.decode())
            texts = plain(" ".join(seen.texts))
            assert not [name for name in some if "\x00" not in name and plain(name) not in texts]
            assert not [address for address in seen.addresses if not address.startswith("data:")]
            assert seen.tags.count("script") == 3
