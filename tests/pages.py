"""Results of checks as the page gets them, made without any file."""

from datetime import UTC, datetime

from ctk.model import Finding, Severity
from ctk.report.findings_page import PageSource
from ctk.settings import Office

HASH = "3f9a12c4b5d6" + 52 * "0"
RULES = {"V401": Severity.ERROR, "V301": Severity.WARNING, "V309": Severity.INFO}


def row(file, status, unit=None, errors=0, warnings=0):
    """One row of the files."""
    unreadable = status == "unreadable"
    return {
        "file": file,
        "unit": unit,
        "period": None if unreadable else "2022-6m",
        "form": None if unreadable else "ctk-commune",
        "status": status,
        "errors": errors,
        "warnings": warnings,
        "sha256": None if unreadable else HASH,
        "cells": 418,
    }


def finding(file, rule="V401", message="Sai.", cell="D6", sheet="I.1 Chung", **more):
    """One finding about a cell."""
    severity = more.pop("severity", RULES.get(rule, Severity.ERROR))
    todo = more.pop("todo", "Kiểm tra trên sổ gốc.")
    said = f"{more.get('hint', '')} {todo}".strip()
    return Finding(file, rule, severity, message, said, sheet=sheet, cell=cell, **more)


def source(files, findings, *, names=None, standing=None, lang="vi", agency=""):
    """What the page is made from."""
    return PageSource(
        files=files,
        findings=findings,
        names=names or {},
        sheets={one["file"]: ("Bìa", "I.1 Chung", "I.2 Sức khỏe") for one in files},
        standing=standing,
        rule_sets={"2022-6m": "base-12345678"},
        tested={"V401": 1234, "V501": 5},
        untested={"V401": 7, "V501": 0},
        made=datetime(2022, 7, 1, 8, 5, tzinfo=UTC),
        version="9.8.7",
        office=Office(agency=agency),
        lang=lang,
    )


def district():
    """Five communes: unreadable, wrong, to be looked at, fine, and one from which nothing came."""
    files = [
        row("in/moo.xlsx", "unreadable"),
        row("in/tarut.xlsx", "errors", "19588", 3, 1),
        row("in/avao.xlsx", "warnings", "19585", 0, 1),
        row("in/abung.xlsx", "ok", "19591"),
    ]
    found = [
        finding("in/moo.xlsx", "V101", "Tệp bị hỏng.", None, None, todo="Gửi lại."),
        finding("in/tarut.xlsx", message="Trẻ em mồ côi: tổng số 7, nhưng nam + nữ = 6 + 2 = 8.",
                cells=("D6", "E6", "F6"), value=7.0),
        finding("in/tarut.xlsx", message="Trẻ em bị bỏ rơi: tổng số 1.234, nhưng nam + nữ = 9.",
                cell="D9", value=1234.0),
        finding("in/tarut.xlsx", "V307", "Không rõ là 1898 hay 1,898.", "D8", "I.2 Sức khỏe",
                value="1.898", hint="Theo các ô khác thì ô này là 1898."),
        finding("in/tarut.xlsx", "V301", "Để trống 3 ô.", "D11"),
        finding("in/avao.xlsx", "V301", "Trẻ em mồ côi: để trống 1 ô.", "D6"),
        finding("in/abung.xlsx", "V309", "Đã đọc là số.", "D12", value=" 12 "),
    ]  # fmt: skip
    names = {
        "in/tarut.xlsx": "Xã Tà Rụt", "in/avao.xlsx": "Xã A Vao", "in/abung.xlsx": "Xã A Bung",
    }  # fmt: skip
    standing = {
        "unit": "467", "name": "Huyện Đa Krông", "period": "2022-6m", "expected": 4,
        "missing": [{"code": "19576", "name": "Xã Ba Nang"}],
    }  # fmt: skip
    return source(files, found, names=names, standing=standing, agency="Phòng Lao động")


def large(files=170, each=60):
    """A province whose every commune has dozens of findings, on two sheets by three rules."""
    rows = [row(f"{n}.xlsx", "errors", str(10000 + n), each) for n in range(files)]
    found = [
        finding(one["file"], list(RULES)[i % 3],
                f"Trẻ em bị tai nạn, thương tích (I-0208): tổng số {i}, nhưng nam + nữ = 8.",
                f"D{i + 6}", ("I.1 Chung", "I.2 Sức khỏe")[i % 2], value=float(i))
        for one in rows
        for i in range(each)
    ]  # fmt: skip
    return source(rows, found, names={one["file"]: f"Xã {one['unit']}" for one in rows})
