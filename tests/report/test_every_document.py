"""Every number of every document is the one of `ctk aggregate`, and no document runs anything.

A document that is not read back here makes a test fail: add it to `COVERED`.
"""

import re
import zipfile

import duckdb
import openpyxl
import pytest
from lxml import etree

from ctk.report.documents import BUILT_IN
from dashboards import Page
from report.produced import (
    COMMUNE,
    DISTRICT,
    FORMULAS,
    MARKUP,
    PERIOD,
    csv_rows,
    produce,
)
from report.reading_text import TextReader

FORMS = ("601-602", "603", "604", "605")
SHEETS = {
    "Phụ lục I": ("appendix", "I"),
    "Phụ lục II": ("appendix", "II"),
    "Theo đơn vị I": ("matrix", "I"),
    "Theo đơn vị II": ("matrix", "II"),
    "Theo đơn vị": ("matrix", None),
    "Độ phủ": ("coverage", None),
    "Theo dõi nộp báo cáo": ("tracking", None),
    "Giải trình tăng, giảm đột xuất": ("explaining", None),
    "Số liệu": ("data", None),
    "quocgia-2021-2030": ("targets", "quocgia-2021-2030"),
    **{form: ("official", form) for form in FORMS},
}
"""How the sheets of workbooks are read; "Ghi chú" holds texts only."""

COVERED = {
    **dict.fromkeys(("TT13", "TT13-I", "TT13-II", "separate", *FORMS, "601-605", "TARGETS")),
    "BC": "covering",
    "BC-DV": "covering",
    "sheet": "own_sheet",
    "letter": "own_letter",
    "dashboard": "page",
}
"""How each document is read; None: sheet by sheet."""


@pytest.fixture(scope="module")
def produced(tmp_path_factory, reading_here):  # noqa: ARG001  (another fixture)
    """Everything, written once."""
    return produce(tmp_path_factory.mktemp("every") / "office")


def by_sheet(reader, path):
    """What is printed in a workbook; every number in it is one that was looked for."""
    for sheet in openpyxl.load_workbook(path).worksheets:
        seen = []
        if sheet.title != "Ghi chú":
            how, what = SHEETS[sheet.title]
            seen = list(getattr(reader, how)(sheet, what))
        numbers = {f"{sheet.title}!{cell.coordinate}" for row in sheet.iter_rows() for cell in row
                   if isinstance(cell.value, int | float)}  # fmt: skip
        assert numbers <= {one.where for one in seen}
        yield from seen


def wrong(seen):
    """What is printed otherwise than `ctk aggregate` says."""
    return [one for one in seen if one.found != one.expected]


def test_each_document_is_read_back():
    """Nothing that `ctk report` can write is left out here."""
    assert {document.id for document in BUILT_IN} < set(COVERED)


@pytest.mark.parametrize("unit", [DISTRICT, COMMUNE])
@pytest.mark.parametrize("form", sorted(COVERED))
def test_numbers_are_those_of_aggregate(produced, form, unit):
    """Each printed number is the total rounded half-up; what is incomplete is not printed."""
    if form == "separate" and unit == COMMUNE:
        unit = DISTRICT
    reader, seen = TextReader(produced, unit), []
    for path in produced.files[form, unit]:
        how = COVERED[form]
        seen += getattr(reader, how)(path) if how else by_sheet(reader, path)
    assert wrong(seen) == []
    assert any(one.found is not None for one in seen)


def test_the_table_to_filter_is_that_of_aggregate(produced):
    """The workbook of `ctk aggregate -o` holds what its JSON says."""
    (workbook, *_) = produced.files["aggregate"]
    assert wrong(by_sheet(TextReader(produced, DISTRICT), workbook)) == []


EXACT = ("value", "partial", "numerator", "denominator", "reported", "expected")
SLICE = ("sex", "age", "ethnicity", "area")


def exported(path, key):
    """The rows of an exported table by their keys, read with DuckDB or the csv module."""
    if path.suffix == ".csv":
        rows = csv_rows(path)
    else:
        with duckdb.connect() as base:
            read = base.sql("SELECT * FROM read_parquet(?)", params=[str(path)])
            rows = [dict(zip(read.columns, row, strict=True)) for row in read.fetchall()]
    keys = ("unit", key, *SLICE)
    assert {row["period"] for row in rows} == {PERIOD}
    found = {tuple(row[k] for k in keys): [number(row.get(name)) for name in EXACT] for row in rows}
    assert len(found) == len(rows)
    return found


def number(text):
    """A cell of an exported table; None where it is empty."""
    return None if text in (None, "") else float(text)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_exports_hold_every_figure_with_all_decimals(produced, kind):
    """The three tables together are what `ctk aggregate` says of both levels."""
    found = {}
    for path in produced.files["export"][kind]:
        key = "element" if path.stem == "elements" else "measure"
        found |= exported(path, key)
    known = {key: [row.get(name) for name in EXACT] for key, row in produced.now.items()}
    assert found == known
    for path in produced.files["aggregate"][1:]:
        if path.suffix == f".{kind}":
            alone = exported(path, "measure")
            assert alone == {key: known[key] for key in alone}
            assert {key[0] for key in alone} == {DISTRICT}


def test_sdmx_holds_every_measure(produced):
    """Each observation is the total of its unit and breakdown, empty where it is incomplete."""
    path = next(p for p in produced.files["export"]["sdmx"] if p.suffix == ".csv")
    names = ("REF_AREA", "INDICATOR", "SEX", "AGE", "ETHNICITY", "AREA")
    found = {}
    for row in csv_rows(path):
        unit, id_, *slice_ = (row[name] for name in names)
        key = unit, id_.replace("_", "."), *("T" if part == "_T" else part for part in slice_)
        found[key] = [number(row[name]) for name in ("OBS_VALUE", "PARTIAL", "REPORTED")]
    known = {key: [row[name] for name in ("value", "partial", "reported")]
             for key, row in produced.now.items()
             if "measure" in row and not key[1].startswith("603")}  # fmt: skip
    assert {key: row for key, row in found.items() if key in known} == known
    assert not [key for key in found if key not in produced.now]


def packages(produced):
    """Every .xlsx and .docx that was written."""
    lists = [files for key, files in produced.files.items() if key != "export"]
    return [path for files in lists for path in files if path.suffix in (".xlsx", ".docx")]


def parts(path):
    """The parts of a package by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


RUNS = re.compile(r"vba|macro|activex|externallink|embeddings|oleobject|connections|customui", re.I)


def test_packages_run_nothing_and_lead_nowhere(produced):
    """No macro, no object, no link, no external target, no field but page numbers."""
    for path in packages(produced):
        for name, data in parts(path).items():
            assert not RUNS.search(name), (path.name, name)
            assert b"macroEnabled" not in data
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(data)
            assert not root.xpath("//@TargetMode[.='External']"), (path.name, name)
            tags = {etree.QName(e).localname for e in root.iter(etree.Element)}
            assert not tags & {"hyperlink", "ddeLink", "oleObject", "altChunk", "object"}
            told = root.xpath("//*[local-name()='instrText']/text() | //*/@*[local-name()='instr']")
            assert {text.split()[0] for text in told} <= {"PAGE", "NUMPAGES"}


def test_packages_name_nobody(produced):
    """No author, no company, no comment, and nothing of the machine or its folders."""
    people = "creator lastModifiedBy manager company author authors".lower().split()
    own = str(produced.home).encode(), str(produced.home.parent).encode()
    for path in packages(produced):
        for name, data in parts(path).items():
            assert not any(text in data for text in own), (path.name, name)
            if name.startswith("docProps/") and name.endswith(".xml"):
                for element in etree.fromstring(data).iter(etree.Element):
                    if etree.QName(element).localname.lower() in people:
                        assert not (element.text or "").strip(), (path.name, name)
            assert "comments" not in name


def test_texts_of_people_never_become_formulas(produced):
    """What offices and communes typed stands in cells as text; no workbook has a formula."""
    told = set()
    for path in packages(produced):
        if path.suffix == ".xlsx":
            for sheet in openpyxl.load_workbook(path).worksheets:
                for cell in (cell for row in sheet.iter_rows() for cell in row):
                    assert cell.data_type != "f", (path.name, sheet.title, cell.coordinate)
                    assert cell.hyperlink is None
                    told.add(cell.value)
    texts = [text for text in told if isinstance(text, str)]
    for formula in FORMULAS:
        assert any(text.startswith(formula) for text in texts)
    assert any(MARKUP in text for text in texts)


def test_texts_of_people_stay_text_in_letters_and_on_pages(produced):
    """Markup is printed, not run; the page loads nothing from elsewhere."""
    for form in ("BC", "BC-DV", "letter"):
        (path,) = produced.files[form, DISTRICT]
        root = etree.fromstring(parts(path)["word/document.xml"])
        assert MARKUP in "".join(root.itertext())
        assert not root.xpath("//*[local-name()='script']")
    for unit in (DISTRICT, COMMUNE):
        (path,) = produced.files["dashboard", unit]
        page = path.read_text("utf-8")
        assert "<script>alert" not in page
        assert Page(page).outside == []
        assert not re.search(r"url\([^#)]|@import", page)


def test_csv_holds_no_formula(produced):
    """No text of an exported table begins as a formula does."""
    for path in produced.files["export"]["csv"]:
        for row in csv_rows(path):
            for text in row.values():
                assert not re.match(r"[=+@\t\r]|-(?!\d)", text)
