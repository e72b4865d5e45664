"""Form layouts as data, and the code that ties a table's cells to figures."""
