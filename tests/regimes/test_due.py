"""By when reports are due: the six documents, and how a printed date is counted."""

from datetime import date

import pytest

from ctk.periods import parse_period
from ctk.regimes.due import due
from ctk.regimes.loader import build_own_regime, load_regimes

# As the documents print them: words, the day named, the last day before it.
PRINTED = [
    ("dakrong-2022", "2022-6m", "trước ngày 25/5", "2022-05-25", "2022-05-24"),
    ("dakrong-2022", "2022-12m", "trước ngày 20/11", "2022-11-20", "2022-11-19"),
    ("haugiang-2022", "2022-6m", "trước ngày 15/5", "2022-05-15", "2022-05-14"),
    ("haugiang-2022", "2022-12m", "trước ngày 15/11", "2022-11-15", "2022-11-14"),
    ("langson-city-2024", "2024-12m", "trước ngày 15/11", "2024-11-15", "2024-11-14"),
    ("kiengiang-2021", "2021-6m", "trước ngày 20/5", "2021-05-20", "2021-05-19"),
    ("kiengiang-2021", "2021-12m", "trước ngày 15/11", "2021-11-15", "2021-11-14"),
    ("circular-02-2025", "2025-12m", "15/01 năm sau", "2026-01-15", "2026-01-15"),
    ("circular-02-2025", "2026-12m", "15/01 năm sau", "2027-01-15", "2027-01-15"),
]


@pytest.mark.parametrize(("id_", "period", "words", "named", "last"), PRINTED)
def test_deadlines_of_the_documents(id_, period, words, named, last):
    """The words stay as printed; "before" a day ends on the day before it."""
    found = due(load_regimes()[id_], parse_period(period))
    assert found is not None
    assert (found.words, found.named_day.isoformat()) == (words, named)
    assert (found.last_day.isoformat(), found.moved) == (last, False)


@pytest.mark.parametrize(
    ("id_", "period"),
    [
        ("kontum-city-2020", "2020-12m"),  # every year, no date
        ("langson-city-2024", "2024-6m"),  # only the year is asked
        ("circular-02-2025", "2025-6m"),
        ("dakrong-2022", "2022-9m"),
        ("dakrong-2022", "2023-6m"),  # a document of one year
        ("circular-02-2025", "2024-12m"),
    ],
)
def test_no_deadline_is_made_up(id_, period):
    """Where a document gives no date or asks nothing, there is none."""
    assert due(load_regimes()[id_], parse_period(period)) is None


def test_what_is_asked_at_all():
    """Kon Tum asks for every year without a date; Lạng Sơn never for six months."""
    regimes = load_regimes()
    assert regimes["kontum-city-2020"].asks_for(parse_period("2023"))
    assert not regimes["langson-city-2024"].asks_for(parse_period("2024-6m"))


def own(day, month, **changes):
    """A regime like Đakrông's of 2022 to 2030 with one deadline."""
    deadline = {"period": "6m", "words": "x", "day": day, "month": month}
    deadline |= {key: changes.pop(key) for key in ("before",) if key in changes}
    table = {"base": "dakrong-2022", "last_year": 2030, "deadline": [deadline], **changes}
    return build_own_regime(table)


@pytest.mark.parametrize(
    ("reading", "year", "day", "month", "last"),
    [
        ("as_printed", 2022, 1, 5, "2022-05-01"),
        ("decree_139", 2022, 1, 5, "2022-05-04"),  # a Sunday and a holiday: the holiday counts
        ("decree_139", 2022, 11, 4, "2022-04-12"),  # the day off for a holiday on a Sunday
        ("decree_139", 2026, 17, 2, "2026-02-23"),  # Tết
        ("decree_139", 2026, 15, 8, "2026-08-15"),  # a Saturday: unchanged
        ("decree_139", 2026, 31, 8, "2026-08-31"),  # exchanged for a Saturday: no holiday
        ("decree_139", 2026, 2, 9, "2026-09-03"),
        ("next_working_day", 2026, 15, 8, "2026-08-17"),
        ("next_working_day", 2026, 2, 9, "2026-09-03"),
        ("next_working_day", 2026, 3, 9, "2026-09-03"),
    ],
)
def test_a_free_day(reading, year, day, month, last):
    """Only what the regime's reading says moves the last day."""
    found = due(own(day, month, free_day=reading), parse_period(f"{year}-6m"))
    assert found is not None
    assert found.last_day.isoformat() == last
    assert found.moved is (found.last_day != found.named_day)


@pytest.mark.parametrize(
    ("counted", "before", "last"),
    [("day_before", True, 24), ("day_before", False, 25), ("same_day", True, 25)],
)
def test_the_office_says_how_before_is_counted(counted, before, last):
    """With `same_day`, "before 25/5" ends on 25/5; a date without "before" includes its day."""
    found = due(own(25, 5, before=before) if counted == "day_before" else own_counted(counted),
                parse_period("2022-6m"))  # fmt: skip
    assert found is not None
    assert found.last_day == date(2022, 5, last)


def own_counted(counted):
    """Đakrông's regime with another way to count "before"."""
    return build_own_regime({"base": "dakrong-2022", "before": counted})


def test_days_late():
    """The last day is on time, the next one is late by one day."""
    found = due(load_regimes()["dakrong-2022"], parse_period("2022-6m"))
    assert found is not None
    late = [found.days_late(date(2022, 5, day)) for day in (1, 24, 25, 31)]
    assert late == [0, 0, 1, 7]
