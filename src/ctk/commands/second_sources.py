"""What must be said with a total about reporters: who did not answer, who says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.aggregate.answering import AGENCY_ONLY, BY_UNIT
from ctk.commands.read import plain_number
from ctk.messages import message
from ctk.regimes.reporters import reporter_name
from ctk.units.lookup import communes_under

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ctk.aggregate.answering import Remark
    from ctk.model import Unit
    from ctk.periods import Period

_SHOWN = 6


def reporter_rows(
    remarks: Iterable[Remark], period: Period, targets: Iterable[Unit], lang: str
) -> Iterator[dict[str, Any]]:
    """Give the warnings of the JSON contract, see `warning_rows`, for the totals of some units.

    Args:
        remarks: What was noticed, of any unit and period.
        period: The period of the totals.
        targets: The units that are added up to.
        lang: Language of the messages.
    """
    about = [each for each in remarks if each.period == period]
    if not about:
        return
    for target in targets:
        codes = {unit.code for unit in communes_under(target.code, period.end)}
        inside = [each for each in about if each.unit.code in codes]
        for reporter in sorted({each.reporter for each in inside if each.code == BY_UNIT}):
            instead = [r for r in inside if (r.code, r.reporter) == (BY_UNIT, reporter)]
            yield _row(target, period, BY_UNIT, _by_unit(target, period, instead, lang))
        for each in inside:
            if each.code != BY_UNIT:
                yield _row(each.unit, period, each.code, _text(each, lang))


def _row(unit: Unit, period: Period, code: str, text: str) -> dict[str, Any]:
    return {"unit": unit.code, "period": str(period), "code": code, "message": text}


def _by_unit(target: Unit, period: Period, instead: list[Remark], lang: str) -> str:
    elements = sorted({id_ for each in instead for id_ in each.elements})
    return message(
        f"ledger.reporters.{BY_UNIT}",
        lang,
        unit=target.full_name,
        period=period,
        reporter=reporter_name(instead[0].reporter, lang),
        count=len(instead),
        elements=_listed(elements),
    )


def _text(remark: Remark, lang: str) -> str:
    told = {"unit": f"{remark.unit.code} {remark.unit.full_name}", "period": remark.period}
    name = reporter_name(remark.reporter, lang)
    if remark.code == AGENCY_ONLY:
        return message(f"ledger.reporters.{AGENCY_ONLY}", lang, reporter=name, **told)
    places = zip(remark.elements, remark.columns, remark.pairs, strict=True)
    pairs = [
        message(
            "ledger.reporters.pair",
            lang,
            figure=f"{element} {column or ''}".strip(),
            used=plain_number(used),
            other=plain_number(other),
        )
        for element, column, (used, other) in places
    ]
    return message(
        f"ledger.reporters.{remark.code}", lang, reporter=name, figures=_listed(pairs), **told
    )


def _listed(texts: list[str]) -> str:
    return ", ".join(texts[:_SHOWN]) + (", …" if len(texts) > _SHOWN else "")
