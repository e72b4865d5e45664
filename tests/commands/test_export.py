"""`ctk export` and `ctk aggregate -o`: what stands in the files is what `ctk aggregate` says."""

import builtins
import csv
import json
from pathlib import Path

import duckdb
import pytest
from pysdmx.io import read_sdmx
from sdmx.model import common, v30
from sdmx.reader.csv import Reader

from ctk.exchange.sdmx.codes import safe_id
from ctk.exchange.sdmx.components import COMPONENTS, DIMENSION, MEASURE
from workbooks import DAKRONG, book

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples" / "467-2022-6m"
JSON = ("--format", "json")
KEYS = ("unit", "period", "measure", "sex", "age", "ethnicity", "area")
NUMBERS = ("value", "partial", "numerator", "denominator", "reported", "expected")


@pytest.fixture
def folder():
    """Some communes of a district: one is missing, one has not counted injuries."""
    made = Path("in")
    made.mkdir()
    for code, name in list(DAKRONG.items())[:-1]:
        injured = [] if code == "19555" else [7, 3, 4]
        rows = {"I-0101": [999, 500, 499], "I-0208": injured, "I-0301": [11, 6, 5]}
        book(made / f"{code}.xlsx", rows, code=code, name=name)
    return made


def said(ctk, path, level, table="values"):
    """The rows of `ctk aggregate`, by their keys."""
    rows = ctk("aggregate", path, "--level", level, *JSON).json["data"][table]
    keys = [key if table == "values" else key.replace("measure", "element") for key in KEYS]
    return {tuple(row[k] for k in keys): [row.get(n) for n in NUMBERS] for row in rows}


def of_csv(path, kind="measure"):
    """The rows of a CSV file in the same way."""
    keys = [key.replace("measure", kind) for key in KEYS]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            tuple(row[k] for k in keys): [float(row[n]) if row.get(n) else None for n in NUMBERS]
            for row in csv.DictReader(file)
        }


def of_parquet(path):
    """The rows of a Parquet file in the same way."""
    with duckdb.connect() as base:
        columns = ", ".join((*KEYS, *NUMBERS))
        read = base.sql(f"SELECT {columns} FROM read_parquet(?)", params=[str(path)])  # noqa: S608
        return {row[: len(KEYS)]: list(row[len(KEYS) :]) for row in read.fetchall()}


@pytest.mark.parametrize("name", ["tong-hop.csv", "tong-hop.parquet"])
def test_aggregate_writes_what_it_says(ctk, folder, name):
    """Every value, sum so far, term and coverage, all decimals, nothing more."""
    expected = said(ctk, folder, "district")
    answer = ctk("aggregate", folder, "--level", "district", "-o", name)
    assert answer.code in (0, 1)
    found = of_csv(Path(name)) if name.endswith("csv") else of_parquet(name)
    assert found == expected
    assert None in {figures[0] for figures in found.values()}  # an incomplete one has no value


def test_export_writes_several_levels(ctk, folder):
    """The district and its communes in one table, elements in a second one."""
    ctk("export", folder, "--level", "district", "--level", "commune", "--to", "csv", "-o", "out")
    both = said(ctk, folder, "district") | said(ctk, folder, "commune")
    assert of_csv(Path("out/values.csv")) == both
    elements = said(ctk, folder, "district", "elements") | said(ctk, folder, "commune", "elements")
    assert of_csv(Path("out/elements.csv"), "element") == elements


def test_states_and_names_stand_beside_the_figures(ctk, folder):
    """Who reads the table needs no other list."""
    ctk("export", folder, "--level", "district", "--to", "csv", "-o", "out", "--lang", "en")
    with Path("out/values.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["measure"]: row for row in csv.DictReader(file) if row["sex"] == "T"}
    row = rows["I-0301.n"]
    assert (row["unit_name"], row["unit_of_measure"], row["status"]) == (
        "Huyện Đa Krông", "persons", "incomplete",
    )  # fmt: skip


def definition(loaded):
    """The structure for another library: pysdmx read it, sdmx1 knows nothing of our code."""
    (given,) = loaded.get_data_structure_definitions()
    made = v30.DataStructureDefinition(id=given.id)
    for each in given.components:
        if each.role.name == "DIMENSION":
            kind = v30.TimeDimension if each.id == "TIME_PERIOD" else v30.Dimension
            made.dimensions.append(kind(id=each.id))
        elif each.role.name == "MEASURE":
            made.measures.append(v30.Measure(id=each.id))
        else:
            made.attributes.append(v30.DataAttribute(id=each.id))
    agency = common.Agency(id="CTK")
    return v30.Dataflow(id="DF_CHILD", structure=made, maintainer=agency, version="1.0.0")


def test_sdmx_says_the_same_and_fits_its_structure(ctk):
    """Read by a library that did not write it; every code is in its list."""
    ctk("export", SAMPLE, "--level", "district", "--level", "commune", "--to", "sdmx", "-o", "out")
    loaded = read_sdmx(Path("out/structure.json"), validate=True)
    (given,) = loaded.get_data_structure_definitions()
    with Path("out/data.csv").open("rb") as file:
        message = Reader().convert(file, structure=definition(loaded))
    (data,) = message.data
    expected = said(ctk, SAMPLE, "district") | said(ctk, SAMPLE, "commune")
    codes = {c.id: {code.id for code in c.enumeration.items} for c in given.components
             if c.enumeration}  # fmt: skip
    found = {}
    for each in data.obs:
        key = {name: value.value for name, value in each.dimension.values.items()}
        extra = {name: value.value for name, value in each.attached_attribute.items()}
        for name, value in (key | extra).items():
            assert name not in codes or value in codes[name], (name, value)
        told = [each.value, *(extra[name.upper()] for name in NUMBERS[1:])]
        parts = (key[p.id] for p in COMPONENTS if p.role == DIMENSION and p.id != "TIME_PERIOD")
        found[(*parts, extra["PERIOD"])] = [float(text) if text else None for text in told]
    assert found == {
        (*(safe_id(key[i]) for i in (0, 2, 3, 4, 5, 6)), key[1]): figures
        for key, figures in expected.items()
    }
    assert [p.id for p in COMPONENTS if p.role == MEASURE] == ["OBS_VALUE"]


def test_without_the_library_the_extra_is_named(ctk, folder, monkeypatch):
    """Exit 2 and the command that installs it; nothing is written."""
    imported = builtins.__import__

    def missing(name, *rest):
        if name.startswith("pysdmx"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return imported(name, *rest)

    import sys

    for name in [n for n in sys.modules if n.startswith(("pysdmx", "ctk.exchange.sdmx.str"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", missing)
    answer = ctk("export", folder, "--level", "district", "--to", "sdmx", "-o", "out", *JSON)
    monkeypatch.undo()
    error = answer.json["errors"][0]
    assert (answer.code, error["code"]) == (2, "extra_missing")
    assert 'pip install "ctk-circular13[exchange]"' in error["hint"]
    assert not Path("out/data.csv").exists()


def test_a_file_is_not_replaced_unasked(ctk, folder):
    """Neither by export nor by aggregate; with --force it is."""
    Path("out").mkdir()
    Path("out/elements.csv").write_text("mine", encoding="utf-8")
    wanted = ("export", folder, "--level", "district", "--to", "csv", "-o", "out")
    assert ctk(*wanted, *JSON).json["errors"][0]["code"] == "file_exists"
    assert not Path("out/values.csv").exists()
    assert ctk(*wanted, "--force").code in (0, 1)
    assert Path("out/elements.csv").read_text(encoding="utf-8-sig") != "mine"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("aggregate", "in", "--level", "district", "-o", "x.txt"), "not_a_table"),
        (("export", "in", "--level", "district", "-p", "2021", "--to", "csv", "-o", "out"),
         "nothing_to_export"),
        (("export", "in", "--level", "province", "-u", "467", "--to", "csv", "-o", "out"),
         "unit_of_other_level"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(ctk, folder, arguments, code):  # noqa: ARG001
    """Exit 2 with the reason."""
    answer = ctk(*arguments, *JSON)
    assert (answer.code, answer.json["errors"][0]["code"]) == (2, code)


def test_sdmx_keeps_both_sides_of_july_2025_apart(ctk):
    """One list of units cannot hold two meanings of a code: each period is written by itself."""
    made = Path("in")
    made.mkdir()
    book(made / "a.xlsx", {"I-0101": [9]}, code="19588", name="Xã Tà Rụt")
    book(made / "b.xlsx", {"I-0101": [9]}, code="31120", name="Phường Cái Khế", period="2026")
    wanted = ("export", made, "--level", "province", "--to", "sdmx", "-o", "out")
    assert ctk(*wanted, *JSON).json["errors"][0]["code"] == "export_two_eras"
    assert ctk(*wanted, "--period", "2026").code in (0, 1)
    units = json.loads(Path("out/structure.json").read_text(encoding="utf-8"))["data"]["codelists"]
    names = {code["id"]: code["name"] for code in units[0]["codes"]}
    assert names == {"92": "Thành phố Cần Thơ", "VN": "Quốc gia Việt Nam"}
