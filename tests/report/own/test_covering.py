"""The covering report: Decree 30's layout, the aggregate's figures, places to fill in."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from make_covering_report import FORMS, build

from ctk.periods import Period
from ctk.report.documents import BUILT_IN, write_documents
from ctk.report.own.library import built_in_template
from ctk.report.targets.plans import Plans
from ctk.settings import Office
from ctk.targets.loader import load_targets
from report.builder import TOTAL, Figures
from report.own.office import parts

OFFICE = Office(
    agency="Phòng Y tế",
    place="Đa Krông",
    receiver="Sở Y tế",
    signatory_title="Trưởng phòng",
    signatory_name="=1+1",
)


def made(form, folder, context):
    """Write a covering report and open it."""
    (row,) = write_documents(context, folder, [form])
    return Document(row["file"]), row


def everything(document):
    """All paragraphs, those in tables too."""
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]


@pytest.fixture(scope="module")
def year():
    """Huyện Đa Krông in 2023, and the same in 2022."""
    return Figures(period=Period(2023, 12)), Figures(period=Period(2022, 12), seed=3)


@pytest.fixture(scope="module")
def report(year, tmp_path_factory):
    """The yearly report with its table by unit and the national targets."""
    now, before = year
    context = now.context(
        office=OFFICE,
        previous=before.context(),
        plans=lambda: Plans(tuple(load_targets().values())[-1:]),
    )
    return made("BC-DV", tmp_path_factory.mktemp("covering"), context)[0]


@pytest.fixture(scope="module")
def text(report):
    """All its text."""
    return "\n".join(paragraph.text for paragraph in everything(report))


@pytest.mark.parametrize("form", FORMS)
def test_templates_are_made_from_their_words(form):
    """What ships is what the script makes of covering_report.txt."""
    target = BytesIO()
    build(FORMS[form]).save(target)

    assert parts(built_in_template(form)) == parts(target.getvalue())


def test_page_is_that_of_the_decree(report):
    """A4 upright, margins, Times New Roman 14, page number in the top margin but not on page 1."""
    section, normal = report.sections[0], report.styles["Normal"]

    assert [round(side / Mm(1)) for side in (section.page_width, section.page_height)] == [210, 297]
    assert 20 <= round(section.top_margin / Mm(1)) <= 25
    assert 20 <= round(section.bottom_margin / Mm(1)) <= 25
    assert 30 <= round(section.left_margin / Mm(1)) <= 35
    assert 15 <= round(section.right_margin / Mm(1)) <= 20
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    number = section.header.paragraphs[0]
    assert "PAGE" in number._p.xml
    assert number.alignment is WD_ALIGN_PARAGRAPH.CENTER
    assert section.different_first_page_header_footer
    assert "PAGE" not in section.first_page_header._element.xml


def test_heading_and_end_have_all_parts(report, text):
    """Motto, agencies, number, place and date, title, recipients, signature, final sign."""
    runs = {run.text: run for paragraph in everything(report) for run in paragraph.runs}

    assert runs["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"].bold
    assert runs["Độc lập - Tự do - Hạnh phúc"].bold
    assert runs["PHÒNG Y TẾ"].bold
    assert not runs["ỦY BAN NHÂN DÂN HUYỆN\N{NO-BREAK SPACE}ĐA\N{NO-BREAK SPACE}KRÔNG"].bold
    assert "Số: ……/BC-……" in text
    assert runs["Đa Krông, ngày …… tháng …… năm ……"].italic
    assert runs["BÁO CÁO"].bold
    assert runs["Kết quả thực hiện công tác trẻ em năm 2023"].bold
    assert "Kính gửi: Sở Y tế" in text
    assert runs["Nơi nhận:"].bold
    assert runs["Nơi nhận:"].italic
    assert runs["TRƯỞNG PHÒNG"].bold
    assert "=1+1" in text
    last = [paragraph.text for paragraph in report.paragraphs if paragraph.text.endswith("./.")]
    assert len(last) == 1


def test_sections_stand_in_order(report):
    """Situation, direction, results by group, targets, limits, tasks, proposals."""
    heads = [p.text for p in report.paragraphs if p.style.name == "Đề mục"]

    assert [head.split(".")[0] for head in heads] == ["I", "II", "III", "IV", "V", "VI", "VII"]
    for head, word in zip(heads, ("TÌNH HÌNH", "CHỈ ĐẠO", "KẾT QUẢ", "MỤC TIÊU", "HẠN CHẾ",
                                  "PHƯƠNG HƯỚNG", "KIẾN NGHỊ"), strict=True):  # fmt: skip
        assert word in head


def test_figures_and_changes_are_those_of_both_years(year, text):
    """The sentence on children gives the sum and its change with Vietnamese separators."""
    now, before = (
        sum(figures.known[unit.code, "I-0101", TOTAL] for unit in figures.communes)
        for figures in year
    )
    way = "tăng" if now > before else "giảm"
    share = f"{abs(now - before) / before * 100:.1f}".replace(".", ",")
    said = [f"{number:,}".replace(",", ".") for number in (now, abs(now - before))]

    assert f"{said[0]} người, {way} {said[1]} ({share}%) so với năm 2022" in text


def test_table_by_unit_has_each_unit_and_the_whole(year, report):
    """Rows of units show their own figures, not those of the district."""
    figures = year[0]
    table = next(t for t in report.tables if t.rows[0].cells[1].text == "Đơn vị")
    cells = [[cell.text for cell in row.cells][1:3] for row in table.rows[1:]]

    each = [figures.known[unit.code, "I-0101", TOTAL] for unit in figures.communes]
    names = [unit.full_name for unit in figures.communes]
    wanted = [*zip(names, each, strict=True), ("Chung toàn đơn vị", sum(each))]
    assert cells == [[name, f"{number:,}".replace(",", ".")] for name, number in wanted]


def test_targets_stand_in_a_table_with_their_standing(report):
    """One row a target; no row is left of the tags that repeated it."""
    table = next(t for t in report.tables if t.rows[0].cells[-1].text.startswith("So với"))

    assert len(table.rows) > 10
    assert {row.cells[4].text for row in table.rows[1:]} <= {
        "đạt", "chưa đạt", "đang thực hiện", "chưa đến mốc", "chưa đủ số liệu", "không đo được"
    }  # fmt: skip


def test_places_to_fill_in_are_marked_and_no_tag_is_left(report, text):
    """Every section without figures has dots on yellow."""
    runs = [run for paragraph in everything(report) for run in paragraph.runs]
    filled = [run for run in runs if run.text.startswith("……") and run.font.highlight_color]

    assert len(filled) >= 9
    assert not re.search(r"\{[{%]|[}%]\}", text)


def test_half_year_asks_nothing_of_the_school_year_and_says_what_is_missing(tmp_path):
    """No sentence on education figures; missing units are named; no total is printed."""
    context = Figures(missing={"19594"}).context(office=OFFICE)
    text = "\n".join(p.text for p in everything(made("BC", tmp_path, context)[0]))

    assert "mẫu giáo" not in text
    assert "Trong kỳ còn 1 đơn vị chưa có báo cáo dùng được: Xã A Ngo." in text
    assert "Dân số trẻ em (dưới 16 tuổi): chưa đủ: 12/13 xã" in text
    assert "so với" not in text


def test_public_copy_says_so_and_withholds(tmp_path):
    """A withheld figure is its sign; header, name and properties mark the copy."""
    figures = Figures()
    values, elements = figures.values(), figures.elements()
    values["withheld"] = values["measure"].eq("II-0101.n")
    elements["withheld"] = False
    context = figures.context(office=OFFICE, values=values, elements=elements, public=True)
    document, row = made("BC-DV", tmp_path, context)
    text = "\n".join(paragraph.text for paragraph in everything(document))

    assert "Trẻ em bị xâm hại: (c)." in text
    assert "Dấu (c): không công bố để bảo vệ trẻ em." in text
    for header in (document.sections[0].header, document.sections[0].first_page_header):
        assert "Bản công khai" in "\n".join(p.text for p in header.paragraphs)
    assert "Bản công khai" in document.core_properties.category
    internal = made("BC-DV", tmp_path, figures.context(office=OFFICE))[1]
    assert Path(row["file"]).name != Path(internal["file"]).name


def test_no_person_is_named(report):
    """Neither author nor last editor stand in the properties."""
    properties = report.core_properties

    assert (properties.author, properties.last_modified_by) == ("", "")


def test_covering_reports_are_offered():
    """Both stand in the list of documents with titles in both languages."""
    found = {document.id: document for document in BUILT_IN}

    for form in FORMS:
        assert found[form].kind == "docx"
        assert found[form].title("vi") != found[form].title("en")


def test_a_covering_report_mixes_no_languages(tmp_path):
    """Its words are Vietnamese, so figures, periods and agencies in them are too."""
    (row,) = write_documents(Figures().context(lang="en"), tmp_path, ["BC"])
    said = "\n".join(p.text for p in Document(row["file"]).paragraphs)
    assert "người" in said
    assert not [word for word in ("persons", "first 6 months", "communes") if word in said]
