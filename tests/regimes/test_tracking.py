"""Where reporters stand, from submissions typed by hand."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from ctk.regimes.due import Due
from ctk.regimes.tracking import Reporter, Sent, Standing, local_day, summarise, track

LIMIT = Due("trước ngày 25/5", date(2022, 5, 25), date(2022, 5, 24))
UNITS = [Reporter(code, "commune", code) for code in "ABCDE"]


def sent(day, *, accepted=True, **changes):
    """A submission of a day in May 2022."""
    return Sent(id=f"{day}", day=date(2022, 5, day), accepted=accepted, **changes)


def tracked(at, **files):
    """The tracks of A to E on a day in May."""
    by_unit = {(code, "commune"): each for code, each in files.items()}
    return track(UNITS, by_unit, LIMIT, date(2022, 5, at))


def test_each_standing():
    """Accepted on time, accepted late, refused, withdrawn, never sent."""
    tracks = tracked(
        27,
        A=[sent(24)],
        B=[sent(26)],
        C=[sent(20, accepted=False, errors=2)],
        D=[sent(20, withdrawn=True)],
    )
    assert [(t.standing.value, t.on_time, t.days_late) for t in tracks] == [
        ("accepted", True, 0),
        ("accepted", False, 2),
        ("refused", True, 0),
        ("not_yet", None, 3),
        ("not_yet", None, 3),
    ]
    summary = summarise(tracks, LIMIT)
    assert (summary.expected, summary.received, summary.accepted) == (5, 3, 2)
    assert (summary.on_time, summary.late, summary.not_yet) == (2, 3, 2)
    assert (summary.rate, summary.on_time_rate) == (0.6, 0.4)


def test_a_correction_does_not_make_a_report_late():
    """The first file decides on time, the newest one what is wrong."""
    (track_a, *_) = tracked(30, A=[sent(20, accepted=False, errors=3), sent(29, errors=0)])
    assert (track_a.on_time, track_a.standing) == (True, Standing.ACCEPTED)
    assert track_a.newest is not None
    assert (track_a.received_on, track_a.newest.errors) == (date(2022, 5, 20), 0)


def test_an_empty_file_is_received_but_has_no_figures():
    """An empty shell sent in time cannot pass as a report with figures."""
    summary = summarise(tracked(20, A=[sent(20, empty=True)], B=[sent(20)]), LIMIT)
    assert (summary.received, summary.non_empty) == (2, 1)


def test_without_a_deadline_nothing_is_late():
    """Neither on time nor late is claimed."""
    (found,) = track(UNITS[:1], {("A", "commune"): [sent(31)]}, None, date(2022, 6, 1))
    assert (found.on_time, found.days_late) == (None, 0)
    assert summarise([found], None).on_time_rate is None


def test_the_day_is_that_of_vietnam():
    """Seven hours east of Greenwich: the evening in London is the next day."""
    assert local_day(datetime(2022, 5, 24, 16, 59, tzinfo=UTC)) == date(2022, 5, 24)
    assert local_day(datetime(2022, 5, 24, 17, 0, tzinfo=UTC)) == date(2022, 5, 25)


def test_nobody_expected():
    """Without anybody there is no rate."""
    assert summarise([], LIMIT).rate is None


SENT = st.builds(
    sent, st.integers(1, 31), accepted=st.booleans(), withdrawn=st.booleans(), empty=st.booleans()
)


@given(st.dictionaries(st.sampled_from("ABCDEXY"), st.lists(SENT, max_size=4)))
def test_no_rate_exceeds_one(files):
    """However many files come, from whom ever, the numbers nest."""
    s = summarise(tracked(31, **files), LIMIT)
    assert s.on_time is not None
    assert max(s.on_time, s.accepted, s.non_empty) <= s.received <= s.expected
    assert s.received + s.not_yet == s.expected
    assert 0 <= (s.on_time_rate or 0) <= (s.rate or 0) <= 1
