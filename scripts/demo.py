"""Shows what an officer does with ctk, on the samples; leaves the workbooks in demo-out.

Runs the `ctk` that stands beside the Python it is run with, on Windows too. Exits with 1 if a
command ends otherwise than told here.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
OUT = "demo-out"
CLEAN, FAULTY = "data/samples/467-2022-6m", "data/samples/467-2022-6m-faulty"
SHOWN = 24


class Step(NamedTuple):
    """One command with the exit code that it should end with, and what it is for."""

    vi: str
    en: str
    command: tuple[str, ...]
    exit_code: int = 0
    lines: int = SHOWN


STEPS = (
    Step(
        "Lập biểu trống cho 13 xã, thị trấn của Huyện Đa Krông",
        "Blank workbooks for the 13 communes of a district",
        ("template", "-u", "467", "-p", "2022-6m", "-o", f"{OUT}/bieu-trong", "--force"),
    ),
    Step(
        "Kiểm tra 13 tệp các xã gửi về: không có lỗi",
        "Check the 13 files that came back: nothing to complain of (exit code 0)",
        ("validate", CLEAN, "-p", "2022-6m"),
    ),
    Step(
        "Kiểm tra tệp sai, kèm một trang để xem và in; mã thoát 3 vì có tệp không đọc được",
        "Check faulty files, with a page to read and print; exit code 3: two cannot be read",
        (
            *("validate", FAULTY, "-p", "2022-6m", "-u", "467"),
            *("--html", f"{OUT}/ket-qua-kiem-tra.html", "--force"),
        ),
        3,
        lines=44,
    ),
    Step(
        "Cùng thư mục đó, chỉ một tệp sai tổng: mã thoát 1",
        "One file with a wrong total: exit code 1",
        ("validate", f"{FAULTY}/sex_sum_wrong.xlsx", "-p", "2022-6m"),
        1,
    ),
    Step(
        "Tổng hợp lên huyện, ghi ra tệp Excel",
        "Add up to the district and keep the tables as a workbook",
        ("aggregate", CLEAN, "--level", "district", "-o", f"{OUT}/tong-hop-467.xlsx", "--force"),
    ),
    Step(
        "Một xã chưa gửi: tổng ghi rõ 12/13, không được coi là số của cả huyện",
        "One commune has not sent its file: totals say 12/13 and do not pass as totals",
        ("aggregate", f"{OUT}/thieu-mot-xa", "--level", "district"),
        lines=8,
    ),
    Step(
        "Lập hai phụ lục của Thông tư 13 cho huyện",
        "The Circular's two appendices for the district",
        ("report", CLEAN, "-p", "2022-6m", "-u", "467", "-o", f"{OUT}/phu-luc", "--force"),
    ),
    Step(
        "Từ tháng 7/2025 không còn huyện: tổng hợp 38 xã, phường thẳng lên Tỉnh Lai Châu",
        "No districts since July 2025: 38 communes add up straight to their province",
        (
            *("aggregate", "data/samples/12-2026-6m", "--level", "province"),
            *("-o", f"{OUT}/tong-hop-12.xlsx", "--force"),
        ),
        lines=12,
    ),
    Step(
        "Phụ lục của tỉnh",
        "The province's appendices",
        (
            *("report", "data/samples/12-2026-6m", "-p", "2026-6m", "-u", "12"),
            *("-o", f"{OUT}/phu-luc", "--force"),
        ),
    ),
    Step(
        "Biểu 601-602/TE-Sở do xã lập, kể cả tệp bị chèn cột, cũng đọc được",
        "The official form 601-602, too, even with a column inserted",
        ("aggregate", "data/samples/601-602-2024", "--level", "district"),
        lines=8,
    ),
    Step(
        "Bốn biểu chính thức 601 đến 605/TE-Sở của huyện; mới có bốn xã nên ô tổng để trống",
        "The four official forms for the district; four communes only, so totals stay blank",
        (
            *("report", "data/samples/601-602-2024", "-p", "2024", "-u", "467"),
            *("--form", "601-605", "-o", f"{OUT}/bieu", "--force"),
        ),
    ),
    Step(
        "Biểu 601-602 của một xã",
        "The official form of one commune",
        (
            *("report", "data/samples/601-602-2024/19555 Krông Klang 601-602 nam 2024.xlsx"),
            *("-p", "2024", "-u", "19555"),
            *("--form", "601-602", "-o", f"{OUT}/bieu", "--force"),
        ),
    ),
)


def prepare() -> None:
    """Copy all but one of the clean files."""
    target = ROOT / OUT / "thieu-mot-xa"
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / CLEAN).iterdir())[:-1]:
        shutil.copy(path, target)


def run(step: Step) -> bool:
    """Run one step and show the beginning of what it prints; tells whether it ended as expected."""
    folder = Path(sys.executable).parent
    program = shutil.which("ctk", path=str(folder)) or "ctk"
    print(f"\n# {step.vi}\n# {step.en}\n$ {shlex.join(('ctk', *step.command))}", flush=True)
    ran = subprocess.run(  # noqa: S603  (commands of this file only)
        [program, *step.command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        env=os.environ | {"COLUMNS": "120"},
    )
    lines = ran.stdout.splitlines()
    print("\n".join(lines[: step.lines]))
    if len(lines) > step.lines:
        print(f"… (+ {len(lines) - step.lines})")
    print(f"[{ran.returncode}]")
    return ran.returncode == step.exit_code


def main() -> int:
    """Run all steps, then list what they left."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    prepare()
    unexpected = [step for step in STEPS if not run(step)]
    print(f"\n# Các tệp để mở xem · Workbooks to open: {OUT}/")
    for path in sorted((ROOT / OUT).rglob("*.xlsx")):
        if "thieu-mot-xa" not in path.parts:
            print(path.relative_to(ROOT).as_posix())
    for step in unexpected:
        print(f"unexpected exit code: ctk {shlex.join(step.command)}", file=sys.stderr)
    return 1 if unexpected else 0


if __name__ == "__main__":
    sys.exit(main())
