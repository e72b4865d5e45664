"""Reports made once for all tests that only read them."""

import pytest
from openpyxl import load_workbook

from ctk.report import write_appendices
from ctk.settings import Office
from report.builder import Figures


def written(figures, folder, **changes):
    """Write a report and open it again."""
    context = figures.context(**changes)
    (made,) = write_appendices(context, folder)
    return context, load_workbook(made["file"]), made


@pytest.fixture(scope="session")
def complete(tmp_path_factory):
    """Huyện Đa Krông with all 13 communes; one town, so urban has one unit."""
    return written(Figures(), tmp_path_factory.mktemp("complete"))


@pytest.fixture(scope="session")
def gaps(tmp_path_factory):
    """The same without Xã A Ngo; Xã A Vao has left a cell blank; no girls were born anywhere."""
    figures = Figures(missing={"19594"}, blank={("19585", "I-0303")})
    for key in figures.known:
        if key[1] == "I-0102.2":
            figures.known[key] = 0
    office = Office(agency="PHÒNG LAO ĐỘNG", place="Krông Klang", prepared_by="=1+1")
    notes = ("=HYPERLINK('http://example.org')", "+1", "-1", "@SUM(A1)")
    changes = {"office": office, "notes": notes, "kinds": ("Thực tế", "Ước tính", "tạm")}
    return written(figures, tmp_path_factory.mktemp("gaps"), **changes)
