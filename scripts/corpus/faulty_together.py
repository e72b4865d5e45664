"""Several defects in one form or folder, as offices really get them."""

from __future__ import annotations

from corpus.collection import Corpus, batch, file
from corpus.contents import Formula
from corpus.faulty_sums import swapped
from corpus.forms import HALF, NINE, YEAR, Form, form
from corpus.key import FAIL
from corpus.official import Official, cell

FOLLOWS = "V4* V5*"


@file(FAIL, "filled_in_a_hurry", "19564", "Six slips in one form, each in its own row")
def _hurry(made: Form) -> None:
    made.wrong("I-0211", "T", swapped(made.count("I-0211")), "V401", "digits exchanged")
    made.wrong("I-0204.1m", "T", made.count("I-0204.1m") * 10, "V401", "one zero too many")
    made.wrong("I-0105.2", "F", made.count("I-0105.2", "F") + 18, "V401", "18 girls too many")
    made.wrong(
        "I-0602", "M", f"{made.count('I-0602', 'M')} em", "V321", "a word behind", follows=""
    )
    made.wrong("I-0604", "F", None, "V301", "forgotten", "warning", "")
    made.wrong("II-0108", "T", made.count("II-0108") + 2, "V412", "two abusers too many")


@file(FAIL, "typed_on_an_english_excel", "19570", "Thousands became decimals, or text with a dot")
def _english(made: Form) -> None:
    total = made.count("I-0101")
    made.wrong("I-0101", "T", total / 1000, "V305", "thousands became decimals")
    made.wrong("I-0211", "T", f"{total // 1000}.{total % 1000:03}", "V307", "a dot", follows="")
    made.wrong("I-0602", "T", "0,31", "V305", "a decimal comma")
    made.wrong("I-0208", "T", f"-{made.count('I-0208')}", "V304", "a minus", follows="V309")


@file(FAIL, "gaps_and_signs", "19582", "Blanks, “…”, “x”, an error and words where figures belong")
def _gaps(made: Form) -> None:
    made.row("I-0322", "…", "…", "…")
    made.plant(made.at("I-0322"), "V302", "warning", "not collected")
    made.row("I-0319", None, None, None)
    made.plant(made.at("I-0319"), "V301", "warning", "left blank")
    made.row("II-0212", "x")
    made.plant(made.at("II-0212"), "V303", "warning", "not applicable")
    made.wrong("I-0604", "T", "đang rà soát", "V308", "words", follows="")
    made.wrong("I-0603", "T", Formula("=1/0", "#DIV/0!"), "V310", "an error", follows="")


@file(FAIL, "annual_form_with_five_faults", "19588", "Five defects in an annual form", period=YEAR)
def _annual(made: Form) -> None:
    made.wrong("I-0405.1", "F", swapped(made.count("I-0405.1", "F")), "V401", "digits exchanged")
    made.wrong("I-0201.1", "T", made.count("I-0202") + 1, "V516", "more than died under 5")
    made.wrong("I-0409.12", "T", made.count("I-0409.12") + 5, "V417", "five too many")
    made.wrong("I-0502", "T", 3, "V306", "3 where 1 or 0 is asked")
    made.wrong("I-0107", "T", "40%", "V313", "a percentage", follows="")


@batch(f"{FAIL}/official_form_with_four_faults.xlsx", "Four defects in form 601-602")
def _official(corpus: Corpus) -> None:
    made = Official(corpus, f"{FAIL}/official_form_with_four_faults.xlsx", "19588")
    for where, content, rules, what in (
        (cell("I-0101"), "1.716", "V307", "a dot"),
        (cell("602.04", "6-15"), made.count("602.04", "6-15") * 10, "V402", "one zero too many"),
        (cell("602.08", "F"), made.count("602.08") + 3, "V403", "more girls than children"),
        (cell("602.14"), "chưa rõ", "V308", "words"),
    ):
        made.put(where, content)
        made.plant(where, rules, "error", what, FOLLOWS)
    made.save()


@batch(f"{FAIL}/folder_of_a_district_as_it_comes/", "What a district finds in its folder",
       "--period 2022-6m --unit 467")  # fmt: skip
def _district(corpus: Corpus) -> None:
    folder = f"{FAIL}/folder_of_a_district_as_it_comes"
    corpus.save(form("19555", habit="dash"), f"{folder}/TT Krong Klang.xlsx")
    _cut_off(corpus, f"{folder}/Mo O.xlsx")
    for name, more in (("Huong Hiep.xlsx", 0), ("Huong Hiep (sua).xlsx", 2)):
        made = form("19561")
        made.put("I-0605", "T", made.count("I-0605") + more)
        made.plant(("", ""), "V601", "error", "two versions")
        corpus.save(made, f"{folder}/{name}")
    late = form("19564", NINE)
    late.plant(("Bìa", "B9"), "V205", "error", "another period")
    corpus.save(late, f"{folder}/Dakrong.xlsx")
    wrong = form("19567", HALF)
    wrong.wrong("I-0208", "M", wrong.count("I-0208", "M") + 1, "V401", "one boy too many")
    wrong.wrong("I-0317", "T", "2 em", "V321", "a word", follows="")
    corpus.save(wrong, f"{folder}/Trieu Nguyen.xlsx")
    (corpus.root / folder / "~$Mo O.xlsx").write_bytes(bytes(165))
    corpus.plant(f"{folder}/~$Mo O.xlsx", "V102", "info", "a lock file")


def _cut_off(corpus: Corpus, path: str) -> None:
    target = corpus.save(form("19558"), path)
    target.write_bytes(target.read_bytes()[:6000])
    corpus.plant(path, "V101", "error", "cut off")
