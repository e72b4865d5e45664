"""Of several files of a unit one counts only if the files themselves say so."""

import pytest

from ctk.forms.editions import Edition, latest


@pytest.mark.parametrize(
    ("editions", "expected"),
    [
        ((Edition("a", "2022-05-20"), Edition("b", "2022-05-27", replaces=True)), 1),
        ((Edition("a", "2022-05-25"), Edition("b", "2022-05-28")), 1),
        ((Edition("a"), Edition("b", replaces=True)), 1),
        ((Edition("a", "2022-05-25"), Edition("b", "2022-05-25")), None),
        ((Edition("a"), Edition("b", "2022-05-25")), None),
        ((Edition("a", replaces=True), Edition("b", replaces=True)), None),
        ((Edition("a", "2022-05-20", replaces=True), Edition("b", "2022-05-27")), None),
    ],
)
def test_latest(editions, expected):
    """Words first, then the day of signing; nothing where they contradict or are missing."""
    assert latest(dict(enumerate(editions))) == expected
