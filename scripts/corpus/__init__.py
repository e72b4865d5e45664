"""The corpus: workbooks with known defects, and workbooks that look odd but are right."""
