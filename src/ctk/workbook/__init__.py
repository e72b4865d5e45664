"""Spreadsheet files: reading cells, writing new workbooks; no other package opens one."""
