"""What `ctk validate` prints for a person: one screen to act on, everything on demand."""

import os
import re
import subprocess
import sys

import pytest

from ctk.cli.groups import by_rule, fitting
from ctk.cli.human import print_result
from ctk.model import Finding, Result, Severity
from workbooks import DAKRONG, book, consistent

CALL = [sys.executable, "-c", "from ctk.cli.main import main; main()"]
COLOUR = re.compile("\x1b\\[[0-9;]*m")


def found(file="a.xlsx", rule="V401", severity=Severity.ERROR, cell="D6", **more):
    """One finding."""
    text = f"{rule} in {cell} of {file}."
    return Finding(file, rule, severity, text, "Look.", sheet="S", cell=cell, **more)


def row(file, status, errors=0, warnings=0):
    """One row of the files."""
    return {"file": file, "unit": None, "period": "2022-6m", "form": "ctk-commune",
            "status": status, "errors": errors, "warnings": warnings, "sha256": None,
            "cells": 1}  # fmt: skip


def result(files, findings, standing=None):
    """What the command returns."""
    data = {"files": files, "untested": {}, "rule_sets": {}, "standing": standing}
    return Result("validate", data, "findings", tuple(findings))


def batch(count):
    """Files of which every one has forty errors by four rules and a remark."""
    files = [row(f"tệp {i}.xlsx", "errors", 40) for i in range(count)]
    findings = [
        found(one["file"], f"V40{n % 4 + 1}", cell=f"D{n}") for one in files for n in range(40)
    ]
    findings += [found(one["file"], "V309", Severity.INFO) for one in files]
    return result(files, findings)


@pytest.fixture
def shown(capsys):
    """Print a result and give its lines."""

    def call(answer, **how):
        print_result(answer, how.pop("lang", "vi"), **how)
        return capsys.readouterr().out.splitlines()

    return call


@pytest.mark.parametrize("count", [2, 3, 15, 170])
def test_any_batch_fits_one_screen(shown, count):
    """However many files and findings there are, the summary is 40 lines or less."""
    lines = shown(batch(count))
    assert 10 < len(lines) <= 40


def test_summary_says_how_to_see_the_rest(shown):
    """What is left out is counted, and the options that show it are named."""
    lines = shown(batch(170))
    text = "\n".join(lines)
    cells = {cell for line in lines for cell in re.findall(r"\bD\d+\b", line)}
    assert cells
    assert "--details" in text
    assert "--html" in text
    left = int(re.search(r"Chưa hiện ở đây: ([\d.]+)", text)[1].replace(".", ""))
    groups = sum("(10 chỗ)" in line for line in lines)
    assert left == 170 * 40 - groups * 10


def test_details_print_everything(shown):
    """Every finding has its line, remarks included; nothing is capped."""
    lines = shown(batch(30), details=True)
    assert sum(" D" in line or "S!D" in line for line in lines) >= 30 * 41
    assert sum(line == f"tệp {i}.xlsx" for i in range(30) for line in lines) == 30


def test_what_needs_action_comes_first(shown):
    """Unreadable files stand before errors, errors before warnings; fine files are one line."""
    files = [row(f"{i}.xlsx", "ok") for i in range(5)]
    files += [row("w.xlsx", "warnings", 0, 1), row("e1.xlsx", "errors", 1)]
    files += [row("e9.xlsx", "errors", 9), row("u.xlsx", "unreadable", 1)]
    findings = [found("w.xlsx", "V301", Severity.WARNING), found("u.xlsx", "V101")]
    findings += [found("e9.xlsx", cell=f"D{i}") for i in range(9)] + [found("e1.xlsx")]
    lines = shown(result(files, findings))
    table = [re.search(r"\S+\.xlsx", line)[0] for line in lines[:8] if ".xlsx" in line]
    assert table == ["u.xlsx", "e9.xlsx", "e1.xlsx", "w.xlsx"]
    assert "… và 5 đạt" in lines
    heads = [line.strip() for line in lines[8:] if line.strip().endswith(".xlsx")]
    assert heads == ["u.xlsx", "e9.xlsx", "e1.xlsx", "w.xlsx"]


@pytest.mark.parametrize(("count", "listed"), [(13, 13), (30, 30), (31, 0), (170, 0)])
def test_many_fine_files_are_one_line(shown, count, listed):
    """Files without any finding are listed while they fit the screen, else only counted."""
    lines = shown(result([row(f"{i}.xlsx", "ok") for i in range(count)], []))
    assert sum(".xlsx" in line for line in lines) == listed
    assert lines[0].startswith(f"{count} tệp: {count} đạt.")
    assert len(lines) <= 40


@pytest.mark.parametrize("others", [0, 12])
@pytest.mark.parametrize("count", [8, 60])
def test_a_single_faulty_file_is_shown_whole(shown, others, count):
    """One bad file among good ones needs no further option: all its cells are there.

    A few findings of a rule have a sentence each, many are its title with the cells.
    """
    findings = [found(cell=f"D{i}") for i in range(count)]
    findings += [found("a.xlsx", "V301", Severity.WARNING, f"E{i}") for i in range(count)]
    files = [row("a.xlsx", "errors", 60, 60), *(row(f"{i}.xlsx", "ok") for i in range(others))]
    lines = shown(result(files, findings))
    text = "\n".join(lines)
    cells = set(re.findall(r"\b[DE]\d+\b", text))
    assert cells == {f"{column}{i}" for column in "DE" for i in range(count)}
    assert sum("V401 in D" in line for line in lines) == (count if count <= 8 else 0)
    assert text.count("Cách sửa") == 2
    assert len(lines) <= 40


def test_what_the_figures_suggest_is_told_apart(shown):
    """A suggestion stands with its finding, what to do once for all findings of the rule."""
    hints = [f"Có lẽ sai: D{i}." for i in range(3)]
    findings = [
        Finding("a.xlsx", "V401", Severity.ERROR, f"Sai {i}.", f"{hint} Xem lại.", sheet="S",
                cell=f"D{i}", hint=hint)
        for i, hint in enumerate(hints)
    ]  # fmt: skip
    lines = [line.strip() for line in shown(result([row("a.xlsx", "errors", 3)], findings))]
    assert [line for line in lines if line.startswith("Gợi ý")] == [f"Gợi ý: {h}" for h in hints]
    assert [line for line in lines if "Xem lại" in line] == [
        "Cách sửa cho các chỗ V401 trên đây: Xem lại."
    ]
    other = found("b.xlsx")
    files = [row("a.xlsx", "errors", 1), row("b.xlsx", "errors", 1)]
    text = "\n".join(shown(result(files, [findings[0], other])))
    assert "S!D0: Sai 0. Có lẽ sai: D0." in text


def test_earlier_files_that_cannot_be_read_are_named(ctk, tmp_path):
    """The screen says it too: a comparison that was asked for was not made."""
    path = book(tmp_path / "a.xlsx", consistent(1).rows())
    answer = ctk("validate", path, "--previous", tmp_path / "none.xlsx")
    assert answer.code == 3
    assert "none.xlsx: Không tìm thấy tệp." in answer.out


def test_communes_without_a_file_are_named(shown):
    """Who has sent nothing stands below the headline, six of them by name."""
    missing = [{"code": str(i), "name": f"Xã {i}"} for i in range(9)]
    standing = {"unit": "467", "name": "Huyện Đa Krông", "period": "2022-6m", "expected": 13,
                "missing": missing}  # fmt: skip
    line = shown(result([row("a.xlsx", "ok")], [], standing))[1]
    assert "4/13" in line
    assert "Xã 5" in line
    assert "Xã 6" not in line
    assert "3 xã khác" in line


def test_names_that_control_a_terminal_are_only_text(shown):
    """Escape codes, line breaks and turned text in a file's name do nothing."""
    name = "a\x1b[31m\x1b]0;x\x07\nb\u202excod.xlsx"
    lines = shown(result([row(name, "errors", 1)], [found(name)]))
    text = "\n".join(lines)
    assert not set(text) & {"\x1b", "\x07", "\u202e"}
    assert any(line.startswith("a [31m") and line.endswith("xcod.xlsx") for line in lines)


def test_blank_sheets_of_several_files_are_said_once(shown):
    """Several findings about whole sheets, alike in all files, are one title with their number."""
    files = [row(f"{i}.xlsx", "warnings", 0, 2) for i in range(3)]
    findings = [
        Finding(f"{i}.xlsx", "V316", Severity.WARNING, f"Trang {sheet} trống.", "Điền.")
        for i in range(3)
        for sheet in ("A", "B")
    ]
    text = "\n".join(shown(result(files, findings)))
    assert text.count("V316") == 1
    assert "0.xlsx, 1.xlsx, 2.xlsx" in text
    assert "(6 chỗ)" in text


def test_worst_of_each_file_before_a_second():
    """Where not all groups fit, each file has its worst one shown before any has two."""
    files = ("a.xlsx", "b.xlsx", "c.xlsx")
    groups = by_rule(found(file, rule) for file in files for rule in ("V401", "V301", "V101"))
    chosen = fitting(groups, lambda _, named: 1 + named, room=7)
    assert [(groups[i].files[0], groups[i].rule) for i in chosen] == [
        ("a.xlsx", "V101"), ("a.xlsx", "V301"), ("b.xlsx", "V101"), ("c.xlsx", "V101"),
    ]  # fmt: skip


def test_the_same_of_several_files_is_said_once(shown):
    """Files that are wrong as a whole in the same way stand together above one sentence."""
    files = [row(f"{i}.xlsx", "unreadable", 1) for i in range(9)] + [row("e.xlsx", "errors", 1)]
    findings = [
        Finding(f"{i}.xlsx", "V101", Severity.ERROR, "Tệp bị cắt cụt.", "Gửi lại.")
        for i in range(9)
    ]
    lines = shown(result(files, [*findings, found("e.xlsx")]))
    assert sum("Tệp bị cắt cụt. Gửi lại." in line for line in lines) == 1
    assert "  0.xlsx, 1.xlsx, 2.xlsx, 3.xlsx, 4.xlsx, 5.xlsx và 3 tệp khác" in lines
    assert "Chưa hiện ở đây" not in "\n".join(lines)


def test_cells_of_a_group_name_their_sheet_once():
    """Cells of one sheet stand behind its name."""
    findings = [found(cell="D6"), found(cell="E6"), found(cell="F9")]
    (group,) = by_rule(findings)
    assert group.places() == ["S!D6, E6, F9"]


@pytest.fixture
def faulty(tmp_path):
    """Three communes' files with errors."""
    rows = consistent(1).rows()
    rows["I-0105"][0] += 1
    for code in ("19588", "19591", "19594"):
        book(tmp_path / f"{code}.xlsx", rows, code=code, name=DAKRONG[code])
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo terminal is a thing of Unix")
@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40)])
def test_on_a_terminal(faulty, width, height):
    """The screen is as wide and high as the terminal, folded between words, in colours."""
    lines, colours = in_terminal(["validate", str(faulty)], width, height)
    assert colours
    assert len(lines) < height
    assert max(map(len, lines)) <= width
    assert any("19588.xlsx" in line for line in lines)


def in_terminal(arguments, width, height):
    """Run ctk in a pseudo terminal; gives its lines without colours, and whether it had any."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
    env = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR")}
    done = subprocess.Popen([*CALL, *arguments], stdin=theirs, stdout=theirs,
                            stderr=theirs, env=env | {"TERM": "xterm"})  # fmt: skip
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 1 << 16)
        except OSError:  # the other side is closed
            break
        said += part
        if not part:
            break
    os.close(ours)
    done.wait()
    text = said.decode().replace("\r\n", "\n")
    return COLOUR.sub("", text).splitlines(), bool(COLOUR.search(text))


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii", "utf-8"])
def test_old_consoles(faulty, encoding):
    """Whatever code page the console has, ctk prints UTF-8, without colours where nobody looks."""
    env = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(
        [*CALL, "validate", str(faulty)], capture_output=True, env=env, check=False
    )
    text = done.stdout.decode("utf-8")
    assert done.returncode == 1
    assert "Cần sửa trước" in text
    assert "\x1b" not in text
    assert not set(text) & set("─│→✓✗")
