"""The blank commune workbook: laid out once for a period, copied for each commune."""

from ctk.workbook.commune.plan import FORM_ID, FormPlan, plan_form
from ctk.workbook.commune.write import CommuneWorkbooks, file_name, write_commune_workbook

__all__ = [
    "FORM_ID",
    "CommuneWorkbooks",
    "FormPlan",
    "file_name",
    "plan_form",
    "write_commune_workbook",
]
