"""For each rule a workbook that breaks it, at a known cell, and one that keeps it; by category."""

from rule_cases import across, between, cell, file, form, own_form, row

CASES = {
    **file.CASES,
    **form.CASES,
    **cell.CASES,
    **row.CASES,
    **between.CASES,
    **across.CASES,
    **own_form.CASES,
}
