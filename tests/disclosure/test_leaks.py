"""Nothing of what is withheld can be seen in any public file.

The figures are changed where they are withheld, and only there, into another table that could be
true. All public files must then be the same: whatever differs would tell what is withheld.
"""

import json
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from ctk.commands import public
from ctk.commands.loading import Request
from ctk.commands.sources import Material
from ctk.disclosure.assemble import assemble
from ctk.disclosure.audit import audit
from ctk.disclosure.choose import choose
from ctk.disclosure.layers import ABSENT, Figure, layer_of
from ctk.disclosure.sensitive import load_sensitive
from ctk.exchange.kinds import Kind
from ctk.model import Level
from ctk.periods import Period, parse_period
from ctk.report.documents import BUILT_IN
from ctk.settings import Policy, Settings

SAMPLE = Path(__file__).parents[2] / "data/samples/467-2022-6m"
CHANGING = ("docProps/core.xml", "docProps/app.xml")
"""Parts of a file that hold the moment of writing; looked at by themselves."""


@dataclass(frozen=True)
class Known:
    """Figures that were read before."""

    request: Request
    expected: Period
    found: Material

    def material(self):
        """Give them."""
        return self.found


@pytest.fixture(scope="module")
def source():
    """Two communes of a district; the others have sent nothing, so that sums are incomplete."""
    from ctk.intake.batch import build_batch
    from ctk.intake.extract import extract
    from ctk.intake.paths import gather

    period = parse_period("2022-6m")
    files = sorted(SAMPLE.glob("*.xlsx"))[:2]
    request = Request(files, period="2022-6m", unit="467", settings=Settings(unit="467"))
    batch = build_batch(
        (extract(str(path)) for path in files), gather(files), expected=period, scope="467",
        today=request.today, age_groups=None,
    )  # fmt: skip
    return Known(request, period, Material(batch, ()))


@pytest.fixture(scope="module")
def pair(source):
    """The source, and one that differs from it in figures that its public copy withholds."""
    from ctk.commands.report import make_context

    batch = source.found.batch
    context = make_context(source.found, source.request, _unit(), source.expected)
    parents = {child.code: "467" for child in context.children}
    layer = layer_of(context.values, context.elements, context.period, parents, context.catalogue)
    tied = assemble([layer], [], Policy(), load_sensitive(batch.catalogue), batch.catalogue)
    seen = choose(tied.system, Policy().width).seen
    move = max(seen.moves, key=lambda move: len(move.cells))
    change = dict(zip(move.cells.tolist(), move.change.tolist(), strict=True))
    frame = batch.frame.copy()
    of = {batch.submissions[i].unit.code: i for i in range(len(batch.submissions))}
    slices = {(b.sex, b.age, b.ethnicity): i for i, b in enumerate(batch.catalogue.breakdowns)}
    for u, f in np.argwhere(tied.cells[0] != ABSENT).tolist():
        figure, unit = layer.figures[f], layer.units[u]
        by = change.get(int(tied.cells[0][u, f]), 0)
        index = batch.catalogue.element_index.get(figure.id)
        place = slices.get(figure[1:4])
        if by and unit in of and index is not None and place is not None and figure.area == "T":
            rows = (frame["submission"] == of[unit]) & (frame["element"] == index)
            rows &= frame["breakdown"] == place
            frame.loc[rows, "value"] += by
    other = replace(batch, frame=frame)
    changed = int((frame["value"] != batch.frame["value"]).sum())
    return source, replace(source, found=Material(other, ())), changed


def _unit():
    from ctk.units.lookup import find_unit

    return find_unit("467", parse_period("2022-6m").end)


def _write_all(source, out):
    """Write every public file that there can be."""
    from ctk.commands import aggregate, dashboard, export, report

    copies = public.Copies()
    forms = tuple(document.id for document in BUILT_IN)
    results = [report.run(source, out / "report", forms, public=copies)]
    wish = dashboard.Wish(out / "page.html", source.request.today, public=copies)
    results.append(dashboard.run(source, wish))
    results += [
        aggregate.run(source, Level.DISTRICT, out / name, public=copies)
        for name in ("all.xlsx", "all.csv")
    ]
    for kind in Kind:
        levels = (Level.DISTRICT, Level.COMMUNE)
        results.append(export.run(source, levels, kind, out / kind.value, public=copies))
    return [json.dumps(r.data, default=str).replace(str(out), "") for r in results]


@pytest.fixture(scope="module")
def copies(pair, tmp_path_factory):
    """All public files of both sources; the second withholds the same as the first."""
    first, second, _ = pair
    out = tmp_path_factory.mktemp("public")
    releases = []
    original = public._release

    def remembering(now, request, catalogue):
        releases.append(original(now, request, catalogue))
        return releases[-1]

    def repeating(*_):
        return releases.pop(0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(public, "_release", remembering)
        one = _write_all(first, out / "one")
        patch.setattr(public, "_release", repeating)
        two = _write_all(second, out / "two")
    return out, one, two


def _texts(folder):
    """Every part of every file below a folder, by its name."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = str(path.relative_to(folder))
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as parts:
                for part in parts.namelist():
                    if part not in CHANGING:
                        yield f"{name}!{part}", parts.read(part)
        elif name.endswith(".parquet"):
            yield name, str(duckdb.read_parquet(str(path)).fetchall()).encode()
        elif not name.endswith("structure (bản công khai).json"):
            yield name, path.read_bytes()


def test_the_two_sources_really_differ(pair):
    """Otherwise the tests below would show nothing."""
    assert pair[2] > 20


def test_public_files_do_not_depend_on_what_is_withheld(copies):
    """Every part of every file is the same, whatever the withheld figures are."""
    out, _, _ = copies
    one, two = dict(_texts(out / "one")), dict(_texts(out / "two"))
    assert len(one) > 40
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []


def test_results_do_not_depend_on_what_is_withheld(copies):
    """What the commands print as JSON is the same too."""
    _, one, two = copies
    assert one == two


def test_every_public_file_says_so(copies):
    """Names and, where there are any, properties tell a public copy."""
    out, _, _ = copies
    files = [path for path in (out / "one").rglob("*") if path.is_file()]
    assert [path.name for path in files if "(bản công khai)" not in path.name] == []
    for path in files:
        if path.suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(path) as parts:
                assert "Bản công khai" in parts.read("docProps/core.xml").decode(), path.name


def test_the_audit_holds_for_what_was_really_published(copies, source):
    """Read back from the exported file, what has no number cannot be found out."""
    from ctk.commands.report import make_context

    out, _, _ = copies
    table = pd.read_csv(
        out / "one" / "csv" / "elements (bản công khai).csv", dtype={"unit": str},
        keep_default_na=False,
    )  # fmt: skip
    told = table[(table["value"] != "") | (table["partial"] != "")]
    keys = ("unit", "element", "sex", "age", "ethnicity", "area")
    published = {
        (unit, Figure(*rest)) for unit, *rest in zip(*(told[k] for k in keys), strict=True)
    }
    context = make_context(source.found, source.request, _unit(), source.expected)
    parents = {child.code: "467" for child in context.children}
    values = context.values.iloc[:0]
    layer = layer_of(values, context.elements, context.period, parents, context.catalogue)
    tied = assemble([layer], [], Policy(), load_sensitive(context.catalogue), context.catalogue)
    withheld = np.zeros(tied.system.size, np.bool_)
    for u, f in np.argwhere(tied.cells[0] != ABSENT).tolist():
        withheld[tied.cells[0][u, f]] = (layer.units[u], layer.figures[f]) not in published
    assert (tied.system.primary & ~withheld).sum() == 0
    system = replace(tied.system, held=np.zeros_like(withheld))
    assert len(audit(system, withheld, Policy().width).breaches) == 0
