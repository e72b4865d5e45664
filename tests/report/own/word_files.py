"""Word templates for tests, and what can be read back from a document."""

from io import BytesIO

from docx import Document


def word_template(*paragraphs, header="", table=(), change=None):
    """A template with these paragraphs, a header and a table of rows of texts."""
    document = Document()
    document.core_properties.author = "Người lập mẫu"
    document.sections[0].header.paragraphs[0].text = header
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        made = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(made.add_row().cells, row, strict=True):
                cell.text = text
    if change:
        change(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def texts(data):
    """The texts of a document's paragraphs."""
    return [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs]


def rows(data, table=0):
    """The texts of a table's cells."""
    return [[cell.text for cell in row.cells] for row in Document(BytesIO(data)).tables[table].rows]
