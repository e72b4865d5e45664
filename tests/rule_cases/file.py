"""Cases of the rules of category “file”."""

import file_formats as formats
from rule_cases.base import ERROR, INFO, LIST, ONE, TCVN3, WARNING, Case, files, raw, rows, sheets
from workbooks import cover, table, write_book

FORM = {"Bìa": cover(), "Số liệu": table({"I-0103": [3]})}
STACKED = {"Bìa": [*cover(), [], *table({"I-0103": [3]})]}


def changed(name, change):
    """Writes a workbook whose bytes were changed."""

    def write(folder):
        path = write_book(folder / name, FORM)
        path.write_bytes(change(path.read_bytes()))

    return write


def parts(name="a.xlsx", **more):
    """Writes a workbook with more parts in its archive."""
    return changed(name, lambda data: formats.with_parts(data, dict.fromkeys(more["names"], b"")))


def twice(folder):
    """A workbook in whose archive one part stands twice."""
    import zipfile

    path = write_book(folder / "a.xlsx", FORM)
    with zipfile.ZipFile(path) as made:
        content = made.read("xl/styles.xml")
    data = formats.with_parts(path.read_bytes(), {"xl/stylez.xml": content})
    path.write_bytes(data.replace(b"xl/stylez.xml", b"xl/styles.xml"))


def unfinished(folder):
    """A web page that ends within its table."""
    (folder / "a.xls").write_text(formats.html(STACKED).partition("</table>")[0], "utf-8")


CSV = formats.delimited(STACKED).encode("utf-8")

CASES = {
    "V101": Case(ERROR, raw("a.xlsx", b"rubbish"), ONE),
    "V102": Case(INFO, raw("~$a.xlsx", b""), ONE),
    "V104": Case(INFO, files(a=ONE, b=ONE), files(a=ONE, b=rows(I_0103=[4]))),
    "V106": Case(INFO, sheets(A=TCVN3), ONE),
    "V107": Case(
        WARNING, sheets(Bìa=cover(), A=table({"I-0103": [1]}), DS=LIST), ONE, cell="B1"
    ),
    "V108": Case(INFO, changed("a.xls", bytes), ONE),
    "V109": Case(INFO, parts("a.xlsm", names=["xl/vbaProject.bin"]), parts("a.xlsm", names=[])),
    "V110": Case(
        INFO, parts(names=["xl/externalLinks/externalLink1.xml"]), parts(names=["xl/media/a.png"])
    ),
    "V111": Case(INFO, changed("a.xlsx", formats.agile), ONE, read={"passwords": ["mật khẩu"]}),
    "V112": Case(INFO, raw("a.csv", CSV), ONE),
    "V113": Case(INFO, raw("a.xls", formats.html(STACKED).encode()), ONE),
    "V114": Case(INFO, raw("a.xls", formats.spreadsheetml(FORM).encode()), ONE),
    "V115": Case(WARNING, raw("a.csv", CSV + b";\xff;\n"), raw("a.csv", CSV)),
    "V116": Case(WARNING, twice, ONE),
    "V117": Case(WARNING, unfinished, raw("a.xls", formats.html(STACKED).encode())),
    "V118": Case(INFO, raw("a.xls", formats.biff5(FORM)), ONE),
    "V119": Case(
        INFO, parts(names=["xl/embeddings/oleObject1.bin"]), parts(names=["xl/drawings/a.xml"])
    ),
}  # fmt: skip
