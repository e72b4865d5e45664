"""Templates in a workspace are found, offered and refused by name."""

from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from ctk.errors import UsageError
from ctk.messages import messages
from ctk.report.documents import BUILT_IN
from ctk.report.own.functions import make_environment
from ctk.report.own.library import known_documents, own_documents
from ctk.report.own.problems import Problems
from ctk.report.own.spreadsheet import fill_spreadsheet
from report.builder import Figures, half_up
from report.own.office import office_template

SAMPLES = Path(__file__).parents[3] / "data" / "samples" / "467-2022-6m"


@pytest.fixture
def workspace(tmp_path):
    """A workspace with an empty templates folder."""
    (tmp_path / "templates").mkdir()
    return tmp_path


def put(workspace, name, text='{{ value("I-0101.n") }}'):
    """Put a template with one placeholder into the folder."""
    book = Workbook()
    book.active["A1"] = text
    book.save(workspace / "templates" / name)


def test_own_templates_are_known_by_their_names(workspace):
    """Lock files and other files are no templates; built-in documents come first."""
    put(workspace, "Báo cáo quý.xlsx")
    for name in ("~$Báo cáo quý.xlsx", "ghi chú.txt"):
        (workspace / "templates" / name).write_bytes(b"x")

    assert [each.id for each in own_documents(workspace)] == ["Báo cáo quý"]
    known = [each.id for each in known_documents(workspace)]
    assert known == [*(document.id for document in BUILT_IN), "Báo cáo quý"]


def test_own_template_takes_the_place_of_a_built_in_document(workspace):
    """A file named like a built-in document is used instead of it."""
    put(workspace, "TT13-I.xlsx")

    found = {each.id: each for each in known_documents(workspace)}
    assert len(found) == len(known_documents(workspace)) == len(BUILT_IN)
    assert found["TT13-I"].own_title == "TT13-I"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("cũ.xls", b"\xd0\xcf\x11\xe0", "template_old"),
        ("cũ.doc", b"\xd0\xcf\x11\xe0", "template_old"),
        ("mã.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "template_broken"),
        ("mã.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "template_broken"),
        ("rỗng.xlsx", b"", "template_broken"),
        ("cụt.docx", b"PK\x03\x04" + bytes(40), "template_broken"),
        ("macro.docm", b"PK\x03\x04", "template_macros"),
        ("macro.xlsm", b"PK\x03\x04", "template_macros"),
    ],
)
def test_what_cannot_be_a_template_says_so(workspace, tmp_path, name, data, code):
    """Old, encrypted, empty and cut files and files with macros are refused with a reason."""
    (workspace / "templates" / name).write_bytes(data)
    (document,) = own_documents(workspace)

    with pytest.raises(UsageError) as caught:
        document.write(Figures().context(), tmp_path / "out", False)

    assert caught.value.code == code
    for lang in ("vi", "en"):
        assert caught.value.title(lang)
        assert caught.value.hint(lang)


def test_two_templates_of_one_name_are_refused(workspace, tmp_path):
    """It cannot be told which of "A.xlsx" and "A.docx" is meant."""
    put(workspace, "A.xlsx")
    (workspace / "templates" / "A.docx").write_bytes(b"x")
    (document,) = own_documents(workspace)

    with pytest.raises(UsageError) as caught:
        document.write(Figures().context(), tmp_path / "out", False)

    assert caught.value.code == "template_twice"


def test_report_fills_a_template_of_the_workspace(ctk, tmp_path):
    """The figure in the file is the one that `ctk aggregate` gives."""
    home = tmp_path / "home"
    assert ctk("init", home, "--unit", "467", "--year", "2022").code == 0
    put(home, "mau.xlsx")
    asked = (SAMPLES, "--period", "2022-6m", "--format", "json")

    totals = ctk("aggregate", *asked, "--level", "district").json["data"]["values"]
    made = ctk("report", *asked, "--form", "mau", "-o", home / "out")

    (row,) = made.json["data"]["files"]
    assert (row["unit"], row["form"]) == ("467", "mau")
    whole = {"measure": "I-0101.n", "sex": "T", "age": "T", "ethnicity": "T", "area": "T"}
    (figure,) = [each for each in totals if whole.items() <= each.items()]
    assert load_workbook(row["file"]).active["A1"].value == figure["value"]


def test_a_fault_of_a_template_is_wrong_usage_with_its_cell(ctk, tmp_path):
    """Exit code 2, the cell on the screen, and no file."""
    home = tmp_path / "home"
    assert ctk("init", home, "--unit", "467", "--year", "2022").code == 0
    put(home, "mau.xlsx", '{{ value("I-0101.x") }}')

    made = ctk("report", SAMPLES, "--period", "2022-6m", "--form", "mau", "-o", home / "out")

    assert made.code == 2
    assert "ô A1: không có chỉ tiêu “I-0101.x”" in made.err
    assert not (home / "out").exists()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_name_and_filter_is_explained(lang):
    """What `ctk forms names` tells is what a template may use, no more and no less."""
    environment = make_environment(Figures().context(), Problems())

    assert set(messages("own.name", lang)) == set(environment.globals)
    hidden = {name for name in environment.filters if name.startswith("_")}
    assert set(messages("own.filter", lang)) == set(environment.filters) - hidden


@pytest.mark.parametrize("kind", ["name", "filter"])
def test_every_example_is_a_template(kind):
    """The examples given to an office are filled without a fault."""
    for name, said in messages(f"own.{kind}", "vi").items():
        text = said["example"]
        text += "{% endfor %}" * (text.count("{% for") - text.count("{% endfor"))
        template = office_template(False, lambda _b, s, text=text: s.write_string("A20", text))
        assert fill_spreadsheet(template, Path(name), Figures().context())


def test_a_built_in_template_is_copied_and_used(ctk, tmp_path):
    """An office's copy of the covering report takes the place of the built-in one."""
    home = tmp_path / "home"
    assert ctk("init", home, "--unit", "467", "--year", "2022").code == 0
    assert ctk("forms", "copy", "BC").code == 0
    copied = home / "templates" / "BC.docx"

    document = Document(copied)
    document.add_paragraph("Lời riêng của {{ unit }}")
    document.save(copied)
    made = ctk("report", SAMPLES, "--period", "2022-6m", "--form", "BC", "-o", home / "out",
               "--format", "json")  # fmt: skip

    (row,) = made.json["data"]["files"]
    assert Document(row["file"]).paragraphs[-1].text == "Lời riêng của Huyện Đa Krông"
    assert Path(row["file"]).name == "467 Đa Krông 2022-6m - Báo cáo công tác trẻ em.docx"
    listed = {
        form["id"]: form for form in ctk("forms", "list", "--format", "json").json["data"]["forms"]
    }
    assert listed["BC"]["title"] == "Báo cáo kết quả công tác trẻ em (Word)"
    assert ctk("forms", "copy", "BC").code == 2
    assert ctk("forms", "copy", "TT13").code == 2


def test_every_measure_reads_back_as_the_aggregate_has_it(ctk, tmp_path):
    """All 132 by row: exact where the cell has a number format, half up where it has none."""
    home = tmp_path / "home"
    assert ctk("init", home, "--unit", "467", "--year", "2022").code == 0
    book = Workbook()
    cells = ("{% for m in measures() %}{{ m.id }}", "{{ value(m) }}", "{{ value(m) }}")
    for col, text in enumerate(cells, 1):
        book.active.cell(1, col, text)
    book.active["B1"].number_format = "0.000"
    book.save(home / "templates" / "mau.xlsx")
    asked = (SAMPLES, "--period", "2022-6m", "--format", "json")

    totals = ctk("aggregate", *asked, "--level", "district").json["data"]["values"]
    (row,) = ctk("report", *asked, "--form", "mau", "-o", home / "out").json["data"]["files"]

    slices = ("sex", "age", "ethnicity", "area")
    wanted = {v["measure"]: v["value"] for v in totals if all(v[s] == "T" for s in slices)}
    rows = list(load_workbook(row["file"]).active.iter_rows(values_only=True))
    assert len(rows) == 132
    for id_, exact, rounded in rows:
        value = wanted.get(id_)
        assert exact == (None if value is None else pytest.approx(value, abs=0, rel=1e-15))
        decimals = 0 if ".n" in id_ else 2
        assert rounded == (None if value is None else half_up(value, decimals))
    assert sum(exact is not None for _, exact, _ in rows) > 60
