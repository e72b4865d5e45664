"use strict";
(() => {
  const MANY = 3;
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const form = byId("filter"), shown = byId("shown");
  const fields = ["text", "commune", "status", "severity", "category"].map(byId);
  const fold = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

  const cards = all("details.card").map((card) => ({
    card,
    head: card.querySelector("summary"),
    sheets: all(".sheet", card).map((sheet) => ({
      sheet,
      rules: all(".rule", sheet).map((rule) => ({
        rule, head: rule.querySelector("h5"), items: all("li", rule),
      })),
    })),
  }));
  const cardOf = new Map(cards.map((entry) => [entry.card.id, entry]));
  const rows = all("tr[data-row]");
  const total = all(".rule li").length;
  const folded = new Map(); // a node's text is folded once, when it is first looked for
  const textOf = (node) => {
    if (!folded.has(node)) folded.set(node, fold(node.textContent));
    return folded.get(node);
  };

  function filterCard(entry, wanted) {
    let count = 0;
    const { card } = entry;
    const fits = (!wanted.status || card.dataset.status === wanted.status)
      && (!wanted.commune || card.dataset.commune === wanted.commune);
    for (const { sheet, rules } of entry.sheets) {
      let inSheet = 0;
      for (const { rule, head, items } of rules) {
        const kind = fits && (!wanted.severity || rule.dataset.severity === wanted.severity)
          && (!wanted.category || rule.dataset.category === wanted.category);
        let inRule = 0;
        for (const item of items) {
          const is = kind && wanted.words.every((word) => textOf(item).includes(word)
            || textOf(head).includes(word) || textOf(entry.head).includes(word));
          item.hidden = !is;
          inRule += is;
        }
        rule.hidden = inRule === 0;
        inSheet += inRule;
      }
      sheet.hidden = inSheet === 0;
      count += inSheet;
    }
    card.hidden = count === 0;
    return count;
  }

  function filterRow(row, wanted, counts) {
    const fits = (!wanted.status || row.dataset.status === wanted.status)
      && (!wanted.commune || row.dataset.commune === wanted.commune);
    const named = wanted.words.every((word) => textOf(row).includes(word));
    const is = fits && (counts.get(row.dataset.of) > 0
      || (named && !wanted.severity && !wanted.category));
    row.hidden = !is;
    return is;
  }

  function apply() {
    const [text, commune, status, severity, category] = fields.map((field) => field.value);
    const words = fold(text).split(/\s+/).filter(Boolean);
    const wanted = { words, commune, status, severity, category };
    const counts = new Map(cards.map((entry) => [entry.card.id, filterCard(entry, wanted)]));
    const inTable = rows.filter((row) => filterRow(row, wanted, counts)).length;
    const found = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const active = Boolean(words.length || commune || status || severity || category);
    const matching = cards.filter((entry) => !entry.card.hidden);
    if (active && matching.length <= MANY) matching.forEach((entry) => { entry.card.open = true; });
    const values = [found, total, inTable, rows.length].map((n) => n.toLocaleString(document.documentElement.lang));
    form.classList.toggle("active", active);
    shown.textContent = found || inTable
      ? shown.dataset.shown.replace(/\{(\d)\}/g, (_, i) => values[i])
      : shown.dataset.nothing;
  }

  const setAll = (open) => cards.forEach(({ card }) => { if (!card.hidden) card.open = open; });
  let waiting;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("open").addEventListener("click", () => setAll(true));
  byId("close").addEventListener("click", () => setAll(false));
  for (const row of rows) {
    const link = row.querySelector("a");
    if (link) link.addEventListener("click", () => { cardOf.get(row.dataset.of).card.open = true; });
  }
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    closed.forEach((part) => { part.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((part) => { part.open = false; }));

  if (cards.length > MANY) setAll(false);
  form.hidden = false;
  apply();
})();
