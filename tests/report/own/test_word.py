"""An office's own Word template is filled with the same names as a workbook."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from ctk.errors import UsageError
from ctk.report.own.word import fill_word
from report.builder import TOTAL, Figures
from report.own.office import canonical, parts, png
from report.own.word_files import rows, texts, word_template

FILE = Path("mau.docx")
ATTACHED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"


@pytest.fixture(scope="module")
def figures():
    """Huyện Đa Krông; all communes have reported."""
    return Figures()


@pytest.fixture(scope="module")
def context(figures):
    """The report of the district."""
    return figures.context()


def vietnamese(number):
    """A whole number with dots between thousands."""
    return f"{number:,}".replace(",", ".")


def test_text_header_and_table_are_filled(figures, context):
    """A table's row is repeated, and a figure in it is that of the row's unit."""
    table = (
        ("{%tr for unit in units %}", ""),
        ("{{ unit.full_name }}", "{{ value(“I-0101.n”) }}"),
        ("{%tr endfor %}", ""),
        ("Cộng", '{{ value("I-0101.n") }}'),
    )
    made = fill_word(
        word_template("Kỳ {{ period }}", header="{{ unit }}", table=table), FILE, context
    )

    each = [figures.known[unit.code, "I-0101", TOTAL] for unit in figures.communes]
    shown = [
        [unit.full_name, vietnamese(number)]
        for unit, number in zip(figures.communes, each, strict=True)
    ]
    assert rows(made) == [*shown, ["Cộng", vietnamese(sum(each))]]
    assert texts(made) == ["Kỳ 6 tháng đầu năm 2022"]
    assert Document(BytesIO(made)).sections[0].header.paragraphs[0].text == "Huyện Đa Krông"


def test_figures_of_an_incomplete_report_are_no_numbers():
    """A sentence says what is lacking; a bare figure prints a sign."""
    context = Figures(missing={"19594"}).context()
    made = fill_word(
        word_template(
            '{{ value("I-0101.n") }}', '{{ said("I-0101.n") }}', '{{ said("I-0301.r") }}'
        ), FILE, context,
    )  # fmt: skip

    sign, sentence, rate = texts(made)
    assert sign == "…"
    assert sentence.startswith("chưa đủ: 12/13 xã")
    assert re.fullmatch(r"chưa đủ: 12/13 xã, tính trên 12 xã được \d+,\d\d%", rate)


def test_markup_in_a_name_stays_text(figures):
    """Angle brackets, ampersands and placeholders in a note are printed as they are."""
    notes = ("<w:p>&amp; {{ 1 }}\n\tsau", "=1+1")
    made = fill_word(word_template("{{ notes }}"), FILE, figures.context(notes=notes))

    assert texts(made) == ["<w:p>&amp; {{ 1 }} sau, =1+1"]


def test_every_fault_is_told_at_once_with_its_text(figures):
    """The paragraph, also one in a table, is quoted beside what was found."""
    table = [('Ô {{ value("I-0101.m") }}',)]
    wrong = (
        "Đoạn một {{ vlue(1) }}",
        "Đoạn hai {{ unit.nmae }}",
        "Đoạn ba {{ 1 + }}",
        "{%p if period.nam %}",
        "x",
        "{%p endif %}",
        "Đoạn bốn {% include 'x' %}",
    )
    with pytest.raises(UsageError) as caught:
        fill_word(word_template(*wrong[:3], table=table), FILE, figures.context(lang="en"))

    told = caught.value.title("en")
    for found in ("I-0101.m", "vlue", "end of print statement"):
        assert found in told
    for quoted in ("Ô {{", "Đoạn một", "Đoạn ba"):
        assert quoted in told
    for text in (wrong[1], wrong[6]):
        with pytest.raises(UsageError) as caught:
            fill_word(word_template(text), FILE, figures.context())
        assert text[:6] in caught.value.title("vi")
    with pytest.raises(UsageError) as caught:
        fill_word(word_template(*wrong[3:6]), FILE, figures.context())
    assert "nam" in caught.value.title("vi")


@pytest.mark.parametrize(
    "text",
    [
        "{% for unit in units %}mãi",
        "{%p endfor %}",
        "{% if %}",
        "{{ value( }}",
        "{{ " * 9000,
        "{{ unit",
    ],
)
def test_unfinished_tags_are_a_message(context, text):
    """A loop without end, an end without loop, an empty condition."""
    with pytest.raises(UsageError) as caught:
        fill_word(word_template("Trước", text, "Sau"), FILE, context)

    assert caught.value.code == "template_faults"


def test_nobody_is_named_and_nothing_leads_out(context):
    """No author, no path of Word's own template; the text around stays."""

    def change(document):
        settings = document.part._settings_part
        settings.relate_to("file:///C:/Users/ten/Normal.dotm", ATTACHED,
                           is_external=True)  # fmt: skip

    made = fill_word(word_template("a", change=change), FILE, context)

    properties = Document(BytesIO(made)).core_properties
    assert (properties.author, properties.last_modified_by) == ("", "")
    assert not [name for name, part in parts(made).items() if b"External" in part]
    assert texts(made) == ["a"]


def test_links_out_of_the_file_are_refused(context):
    """A link to a web page would leave the office with the document."""

    def change(document):
        document.part.relate_to("http://example.org", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    with pytest.raises(UsageError) as caught:
        fill_word(word_template("a", change=change), FILE, context)

    assert caught.value.code == "template_links"
    assert "http://example.org" in caught.value.title("vi")


def test_pictures_and_styles_stay(context):
    """What holds no placeholder is the same part of the file, or the same XML."""
    template = word_template("{{ unit }}", change=lambda d: d.add_picture(BytesIO(png())))
    before, after = parts(template), parts(fill_word(template, FILE, context))

    assert before.keys() == after.keys()
    pictures = [name for name in before if name.startswith("word/media/")]
    assert pictures
    for name in pictures:
        assert after[name] == before[name]
    for name in ("word/styles.xml", "word/numbering.xml", "word/settings.xml"):
        assert canonical(after[name]) == canonical(before[name])


def test_a_hostile_template_is_stopped(context):
    """Loops within loops end in a message."""
    text = "{% for a in units %}" * 9 + "x" + "{% endfor %}" * 9

    with pytest.raises(UsageError) as caught:
        fill_word(word_template(text), FILE, context)

    assert caught.value.code == "template_too_long"
