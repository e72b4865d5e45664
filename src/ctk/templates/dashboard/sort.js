// Sorting of the table of units. Without scripts the table stands in the official order.
"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const official = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const key = (row, column) => {
    const cell = row.cells[column];
    return column === 0 ? official.indexOf(row) : Number(cell.dataset.sort ?? NaN);
  };
  const order = (column, down) => (a, b) => {
    const [x, y] = [key(a, column), key(b, column)];
    // Units without a figure stay at the end, whichever way the others are sorted.
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y);
    return down ? y - x : x - y;
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = table.dataset.sortBy.replace("{}", head.textContent);
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = column > 0 && head.getAttribute("aria-sort") !== "descending";
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      body.append(...[...official].sort(order(column, down)));
    });
  });
}
