from datetime import date, time
from decimal import Decimal

import subject


def test_dates():
    assert subject.cell(date(2024, 2, 29)) == "29.02.2024"
    assert subject.cell(date(1999, 12, 1)) == "01.12.1999"


def test_other_values():
    assert subject.cell(None) == ""
    assert subject.cell(0) == "0"
    assert subject.cell(Decimal("1.50")) == "1.50"
    assert subject.cell(time(8, 30)) == "08:30:00"
    assert subject.cell("2024-02-29") == "2024-02-29"
    assert subject.cell(True) == "True"


def test_line():
    assert subject.line([date(2024, 1, 5), "a;b", None, 3]) == '05.01.2024;"a;b";;3'
    assert subject.line([1, "a;b"], separator=",") == "1,a;b"
    assert subject.line([]) == ""
