"""Which elements are sensitive: a list that does not fit the catalogue is refused."""

import pytest

from ctk.disclosure.sensitive import TOPICS, load_sensitive, read_sensitive
from ctk.errors import CatalogueError
from ctk.indicators import load_catalogue

CATALOGUE = load_catalogue()
EMPTY = {topic: {"elements": []} for topic in TOPICS}


def test_the_whole_second_appendix_is_sensitive():
    """Abuse and its handling: every element of Appendix II."""
    second = {e.id for e in CATALOGUE.elements if e.id.startswith("II-")}
    assert second <= set(load_sensitive(CATALOGUE))


@pytest.mark.parametrize(
    ("id_", "topic"),
    [
        ("602.05", "hiv"),
        ("I-0317", "child_marriage"),
        ("I-0207.1", "births_to_girls"),
        ("I-0210", "deaths"),
        ("II-0108", "offenders"),
        ("602.14", "special_circumstances"),
    ],
)
def test_each_topic_has_its_elements(id_, topic):
    """HIV, child marriage, births to girls, deaths, offenders, special circumstances."""
    assert load_sensitive(CATALOGUE)[id_] == topic


def test_populations_are_not_sensitive():
    """Children, births and pupils are published as they are."""
    assert not {"I-0101", "I-0103", "I-0405.1"} & set(load_sensitive(CATALOGUE))


@pytest.mark.parametrize(
    "raw",
    [
        {},
        EMPTY | {"other": {"elements": []}},
        EMPTY | {"hiv": {"elements": ["602.99"]}},
        EMPTY | {"hiv": {"elements": ["602.05", "602.05"]}},
        EMPTY | {"hiv": {"ids": []}},
    ],
)
def test_a_bad_list_is_refused(raw):
    """Missing and unknown topics, unknown and double elements."""
    with pytest.raises(CatalogueError):
        read_sensitive(raw, CATALOGUE)
