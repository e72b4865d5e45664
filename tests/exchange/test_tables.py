"""Tables for other programs: names, states, what is withheld, and files that read back the same."""

import csv
import io

import duckdb
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from ctk.aggregate.roll_up import ELEMENTS
from ctk.exchange.delimited import write_csv, write_rows
from ctk.exchange.tables import close_rates, element_table, value_table
from ctk.indicators import load_catalogue
from ctk.ledger.parquet import write_parquet
from exchange_frames import NAMES, NONE, UNITS, frame


def test_every_figure_says_what_it_is():
    """Complete, incomplete with the sum so far, undefined; an incomplete one has no value."""
    table = value_table(
        frame(
            ("I-0301.n", 5.0, NONE, NONE, NONE, 13, 13),
            ("I-0301.n", NONE, 4.0, NONE, NONE, 12, 13),
            ("I-0301.r", NONE, NONE, 0.0, 0.0, 13, 13),
        ),
        UNITS,
        NAMES,
    )
    assert table["status"].tolist() == ["complete", "incomplete", "undefined"]
    assert table["value"].isna().tolist() == [False, True, True]
    assert table["unit_name"].unique().tolist() == ["Huyện Đa Krông"]
    assert table["measure_name"].tolist() == ["Trẻ em HCĐB", "Trẻ em HCĐB", "Tỷ lệ"]


def test_a_withheld_figure_leaves_nothing_behind():
    """Neither value, sum so far, numerator nor denominator; the row says that it is withheld."""
    given_ = frame(
        ("I-0301.n", 3.0, NONE, NONE, NONE, 13, 13),
        ("I-0301.r", 2.5, NONE, 3.0, 120.0, 13, 13),
        ("I-0301.r", NONE, 2.5, 3.0, 120.0, 12, 13),
        ("I-0301.n", 8.0, NONE, NONE, NONE, 13, 13),
    ).assign(withheld=[True, True, True, False])
    table = value_table(given_, UNITS, NAMES)
    numbers = table[["value", "partial", "numerator", "denominator"]]
    assert numbers[:3].isna().all().all()
    assert table["status"].tolist() == ["withheld"] * 3 + ["complete"]
    assert (given_["value"][0], "withheld" in table) == (3.0, False)
    elements = frame(("I-0301", 3.0, NONE, 13, 13), columns=ELEMENTS).assign(withheld=True)
    assert element_table(elements, UNITS, NAMES)["value"].isna().all()


def test_a_rate_that_tells_a_withheld_term_is_withheld():
    """I-0301.r with a known number of children tells I-0301; a count and other slices stay."""
    values = frame(
        ("I-0301.r", 2.5, NONE, 3.0, 120.0, 13, 13), ("I-0301.n", 3.0, NONE, NONE, NONE, 13, 13)
    )
    elements = frame(("I-0301", 3.0, NONE, 13, 13), columns=ELEMENTS)
    catalogue = load_catalogue()
    assert close_rates(values, elements, catalogue) is values
    closed = close_rates(values, elements.assign(withheld=True), catalogue)
    assert closed["withheld"].tolist() == [True, False]
    assert value_table(closed, UNITS, NAMES)["numerator"].isna().all()
    other = close_rates(values, elements.assign(withheld=True, sex="F"), catalogue)
    assert other["withheld"].tolist() == [False, False]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
FIGURES = st.one_of(
    st.just(NONE), st.floats(0, 1e12), st.integers(0, 10**9).map(float), st.just(1 / 3)
)
ROWS = st.lists(st.tuples(TEXTS, FIGURES, st.integers(0, 10**6)), min_size=1, max_size=8)
COLUMNS = ["name", "value", "reported"]


def same(one, other):
    """The same number, or both none."""
    return one == other or (other is None and one != one)


@given(ROWS)
def test_csv_reads_back_with_every_decimal(rows):
    """Figures are the same floats; a text differs at most by the apostrophe before a formula."""
    file = io.StringIO(newline="")
    write_rows(file, pd.DataFrame(rows, columns=COLUMNS))
    header, *read = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert header == COLUMNS
    for (name, value, count), (text, number, other) in zip(rows, read, strict=True):
        assert text == (f"'{name}" if name[:1] in ("=", "+", "-", "@") and name else name)
        assert same(value, float(number) if number else None)
        assert count == int(other)


@settings(max_examples=20)
@given(rows=ROWS)
def test_parquet_reads_back_as_it_was(tmp_path_factory, rows):
    """Texts are unchanged, figures are doubles, no figure is NULL, counts are whole."""
    path = tmp_path_factory.mktemp("parquet") / "a'b.parquet"
    write_parquet(path, pd.DataFrame(rows, columns=COLUMNS), {"format": "ctk-export 1"})
    with duckdb.connect() as base:
        read = base.sql("SELECT * FROM read_parquet(?)", params=[str(path)])
        types, found = [str(kind) for kind in read.types], read.fetchall()
        said = base.sql("SELECT key, value FROM parquet_kv_metadata(?)", params=[str(path)])
        about = {bytes(key): bytes(value) for key, value in said.fetchall()}
    assert types == ["VARCHAR", "DOUBLE", "BIGINT"]
    assert about[b"format"] == b"ctk-export 1"
    for (name, value, count), (text, number, other) in zip(rows, found, strict=True):
        assert (text, other) == (name, count)
        assert same(value, number)


def test_a_csv_begins_with_a_byte_order_mark(tmp_path):
    """Without it Excel takes Vietnamese for the computer's own code page."""
    write_csv(tmp_path / "a.csv", pd.DataFrame([("Đa Krông",)], columns=["name"]))
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbfname\n" + "Đa Krông\n".encode()
