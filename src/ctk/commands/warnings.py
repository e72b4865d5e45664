"""What must be said together with a figure: what is mixed in it, what somebody confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ctk.forms.statements import statement
from ctk.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctk.aggregate.mixing import Mixture
    from ctk.model import Unit

_STATED = {"actual", "estimate", "preliminary", "official"}
_DATES = 6


def warning_rows(mixed: Iterable[Mixture], lang: str) -> list[dict[str, Any]]:
    """Give the warnings of the JSON contract: unit, period, code, message."""
    return [
        {
            "unit": each.unit.code,
            "period": str(each.period),
            "code": f"mixed_{each.code}",
            "message": mixture_text(each, lang),
        }
        for each in mixed
    ]


def mixture_text(mixed: Mixture, lang: str) -> str:
    """Say what is mixed in the totals of a unit, and how many communes state what."""
    parts = ", ".join(
        message("ledger.mixed.part", lang, count=count, stated=_stated(text, lang))
        for text, count in mixed.counts[:_DATES]
    )
    if len(mixed.counts) > _DATES:
        parts += ", …"
    unit, period = mixed.unit.full_name, str(mixed.period)
    return message(f"ledger.mixed.{mixed.code}", lang, unit=unit, period=period, parts=parts)


def _stated(text: str, lang: str) -> str:
    if not text:
        return message("ledger.mixed.nothing", lang)
    meant = statement(text)
    return message(f"report.kind.{meant}", lang) if meant in _STATED else day_text(text, lang)


def day_text(text: str, lang: str) -> str:
    """An ISO date as the language writes it; any other text as it is."""
    parts = text.split("-")
    iso = [len(part) for part in parts] == [4, 2, 2] and all(part.isdigit() for part in parts)
    return "/".join(reversed(parts)) if iso and lang == "vi" else text


def confirmed_text(confirmed: Mapping[str, Any], unit: Unit, lang: str) -> str:
    """Say which warning was confirmed, by whom, when and why."""
    place = "!".join(part for part in (confirmed["sheet"], confirmed["cell"]) if part)
    return message(
        "ledger.confirmed.by" if confirmed["by"] else "ledger.confirmed.text",
        lang,
        unit=unit.full_name,
        rule=confirmed["rule"],
        place=place or "–",
        said=confirmed["message"],
        why=confirmed["why"],
        by=confirmed["by"],
        day=day_text(confirmed["at"][:10], lang),
    )
