/* Things by specifications: a grid that the arrow keys walk through, each cell of which opens what both sides say. */

const WEIGHT = { conflicts: 4, note: 3, waived: 2, agrees: 1, alone: 0, silent: 0 };

/* Rows with errors first, then those with warnings, notes, waivers, those that agree, and the rest. */
function weight(row) {
  if (row.findings.some((number) => FINDINGS[number].severity === "error" && standing(FINDINGS[number]))) return 5;
  return Math.max(...COLUMNS.map((column) => WEIGHT[row.states[column]]));
}

const LEGEND = [
  ["conflicts", "cannot be followed together with another, or not for every value"],
  ["note", "differs, and looks deliberate or harmless"],
  ["waived", "differs, and a waiver holds for it"],
  ["agrees", "others speak of it too, and no rule of this run found a conflict"],
  ["alone", "nobody else speaks of it"],
  ["silent", "says nothing of it"],
];

function touching(row, column) {
  return row.findings.map((number) => FINDINGS[number]).filter((one) => columnsOf(one.statements).has(column));
}

function cellButton(row, column) {
  const state = row.states[column];
  const number = row.findings.length && state !== "silent" ? touching(row, column).length : 0;
  const label = SPECIFICATIONS[column].full + ": " + state + (number ? " " + plural(number, "finding") : "");
  return element("td", { role: "gridcell", class: state },
    element("button", {
      type: "button", tabindex: "-1", "aria-label": label, "aria-haspopup": "dialog",
      "data-row": row.number, "data-column": column,
    },
    element("span", { class: "phone-name" }, SPECIFICATIONS[column].full),
    MARKS[state] ? element("span", { class: "mark", "aria-hidden": "true" }, MARKS[state]) : null,
    element("span", { class: "word" }, state),
    number > 1 ? [" ", element("span", { class: "number" }, String(number))] : null));
}

function matrixView(panel) {
  const weights = ROWS.map(weight);
  const all = [...ROWS].sort((one, other) => weights[other.number] - weights[one.number] || one.number - other.number);
  const head = element("tr", { role: "row" },
    element("th", { role: "columnheader", scope: "col" }, "Data item"),
    COLUMNS.map((column) => element("th", { role: "columnheader", scope: "col" },
      SPECIFICATIONS[column].name, element("span", { class: "part" }, SPECIFICATIONS[column].part))));
  const body = element("tbody", { role: "rowgroup" });
  const listing = new Listing(body, (row) => element("tr", { role: "row" },
    element("th", { role: "rowheader", scope: "row" }, soft(row.name)),
    COLUMNS.map((column) => cellButton(row, column))), "row");
  const table = element("table", { role: "grid", "aria-label": "Data items by specifications", class: "matrix" },
    element("thead", { role: "rowgroup" }, head), body);
  const silent = SPECIFICATIONS.filter((_, column) => !COLUMNS.includes(column)).map((one) => one.full);
  panel.append(
    element("dl", { class: "legend" }, LEGEND
      .filter(([state]) => state !== "waived" || ROWS.some((row) => row.states.includes(state)))
      .map(([state, text]) => element("div", {}, element("dt", {}, badge(state)), element("dd", {}, text)))),
    silent.length ? element("p", { class: "hint" }, "Silent on every row, and left out: " + silent.join(", ") + ".") : "",
    DATA.whole ? "" : element("p", { class: "hint" }, "Rows that a finding touches, and some of the files that were checked; ",
      element("code", {}, "gbcscheck check --matrix"), " makes a page with all."),
    element("div", { class: "frame" }, table, listing.end),
  );
  body.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) openCell(ROWS[Number(button.dataset.row)], Number(button.dataset.column));
  });
  body.addEventListener("keydown", (event) => walk(event, body, listing));
  body.addEventListener("focusin", (event) => oneStop(body, event.target));
  return {
    listing, all, noun: "row",
    filters: [
      choices("state", "Rows with", ["conflicts", "note", "waived", "agrees", "alone"], all,
        (row) => Array.from(new Set(COLUMNS.map((column) => row.states[column]))), true),
      selection("speaks", "Specification speaks", COLUMNS.map((column) => SPECIFICATIONS[column].full), all,
        (row) => COLUMNS.filter((column) => row.states[column] !== "silent").map((column) => SPECIFICATIONS[column].full)),
    ],
    show(entries) {
      listing.show(entries);
      oneStop(body, body.querySelector("button"));
    },
  };
}

/* Only one cell of the grid can be reached by the tabulator: the one that had the focus last. */
function oneStop(body, button) {
  const before = body.querySelector('button[tabindex="0"]');
  if (before) before.tabIndex = -1;
  if (button) button.tabIndex = 0;
}

function walk(event, body, listing) {
  const cell = event.target.closest("td");
  if (!cell || event.altKey || event.metaKey) return;
  const row = cell.parentElement;
  const column = Array.prototype.indexOf.call(row.children, cell);
  if (event.key === "ArrowDown" && !row.nextElementSibling) listing.more();
  const last = row.children.length - 1;
  const rows = body.rows;
  const targets = {
    ArrowLeft: row.children[Math.max(1, column - 1)],
    ArrowRight: row.children[Math.min(last, column + 1)],
    ArrowUp: row.previousElementSibling && row.previousElementSibling.children[column],
    ArrowDown: row.nextElementSibling && row.nextElementSibling.children[column],
    Home: event.ctrlKey ? rows[0].children[1] : row.children[1],
    End: event.ctrlKey ? rows[rows.length - 1].children[last] : row.children[last],
    PageUp: rows[Math.max(0, row.sectionRowIndex - 10)].children[column],
    PageDown: rows[Math.min(rows.length - 1, row.sectionRowIndex + 10)].children[column],
  };
  if (!(event.key in targets)) return;
  event.preventDefault();
  const target = targets[event.key];
  if (target) target.firstElementChild.focus();
}

/* What a cell stands for: the findings with both sides, then what its specification says, then the others. */
function openCell(row, column) {
  const state = row.states[column];
  const found = touching(row, column);
  const by = (number) => DATA.statements[number][0];
  const others = COLUMNS.filter((other) => other !== column && row.statements.some((number) => by(number) === other));
  const own = row.statements.filter((number) => by(number) === column);
  const dialog = document.getElementById("cell");
  dialog.replaceChildren(
    element("div", { class: "dialog-head" },
      element("div", {},
        element("p", { class: "dialog-of" }, SPECIFICATIONS[column].full, " ", badge(state)),
        element("h2", { id: "cell-title" }, soft(row.name))),
      element("button", { type: "button", class: "close", onclick: () => dialog.close() }, "Close")),
    element("div", { class: "dialog-body", tabindex: "0", role: "group", "aria-labelledby": "cell-title" },
      found.map((one) => element("section", { class: "entry finding " + one.severity },
        element("h3", {}, badge(one.severity), " ", element("code", {}, one.rule.code), " ", one.message,
          one.status ? [" ", badge(one.status, "status")] : null),
        findingBody(one))),
      element("section", {}, element("h3", {}, SPECIFICATIONS[column].full + (own.length ? " says" : " says nothing of it")),
        own.length ? sayings(own) : null),
      others.map((other) => {
        const said = row.statements.filter((number) => by(number) === other);
        return element("section", {},
          element("h3", {}, SPECIFICATIONS[other].full + " says ", badge(row.states[other])), sayings(said));
      }),
      others.length || found.length ? null : element("p", { class: "hint" }, "No other specification speaks of it.")),
  );
  dialog.showModal();
  dialog.querySelector(".dialog-body").scrollTop = 0;
}
