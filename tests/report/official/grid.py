"""A written form as a grid: sheet columns that only the heading needs count as one."""

from ctk.messages import message


def text(value):
    """A cell's text with its new lines as in `printed`."""
    return " / ".join(value.split("\n")) if isinstance(value, str) else value


class Table:
    """The table of a form, found by its title "Chỉ tiêu"; columns that only the head needs join."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.merged = {}
        for block in sheet.merged_cells.ranges:
            for row in range(block.min_row, block.max_row + 1):
                for col in range(block.min_col, block.max_col + 1):
                    self.merged[row, col] = block
        first = next(c for row in sheet.iter_rows() for c in row if c.value == "Chỉ tiêu")
        self.top, self.number_row = first.row, self._row_of("A", first.row)
        self.starts = self._starts()

    def _row_of(self, value, after):
        rows = range(after, self.sheet.max_row + 1)
        return next(r for r in rows if self.sheet.cell(r, 1).value == value)

    def _starts(self):
        """First sheet column of each column of the form, told from the row of numbers."""
        starts, col = [], 1
        while (
            col <= self.sheet.max_column and self.sheet.cell(self.number_row, col).border.left.style
        ):
            starts.append(col)
            col += self._width(self.number_row, col)
        return starts

    def _width(self, row, col):
        block = self.merged.get((row, col))
        return block.max_col - block.min_col + 1 if block else 1

    def column(self, col):
        """Column of the form that a sheet column belongs to."""
        return max(i for i, start in enumerate(self.starts) if start <= col)

    def head(self):
        """Text, rows and columns spanned, and whether it is turned, by place."""
        found = {}
        for row in range(self.top, self.number_row):
            for start in self.starts:
                cell = self.sheet.cell(row, start)
                if cell.value is not None:
                    block = self.merged.get((row, start))
                    down = block.max_row - row + 1 if block else 1
                    last = block.max_col if block else start
                    across = self.column(last) - self.column(start) + 1
                    turned = cell.alignment.textRotation == 90
                    place = row - self.top, self.column(start)
                    found[place] = (text(cell.value), down, across, turned)
        return found

    def row(self, row):
        """The cells of a row, one for each column of the form."""
        return [self.sheet.cell(row, start) for start in self.starts]

    def lines(self):
        """Rows below the numbers as long as they have a frame."""
        row = self.number_row + 1
        while self.sheet.cell(row, 1).border.left.style:
            yield self.row(row)
            row += 1

    @property
    def last_row(self):
        """The last row of the table."""
        return self.number_row + len(list(self.lines()))


def notes(sheet):
    """The remarks between table and signatures."""
    title = message("official.note.title", "vi")
    cells = [row[0] for row in sheet.iter_rows()]
    start = next((c.row for c in cells if c.value == title), None)
    if start is None:
        return []
    said = []
    for cell in cells[start:]:
        if not str(cell.value or "").startswith("- "):
            break
        said.append(cell.value.removeprefix("- "))
    return said
