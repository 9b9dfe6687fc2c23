/* The page: its views as tabs, the search and filters over them, the keys, addresses of findings, and printing. */

/* A group of boxes to tick, of the values that occur; nothing where there is no choice. */
function choices(key, title, values, all, of, always) {
  const present = values.filter((value) => all.some((one) => of(one).includes(value)));
  if (present.length < 2 && !(always && present.length)) return null;
  const boxes = present.map((value) => element("input", {
    type: "checkbox", name: key, value, checked: true, onchange: () => refresh(),
  }));
  const field = element("fieldset", { class: "choices" }, element("legend", {}, title),
    boxes.map((box) => element("label", {}, box, MARKS[box.value] ? badge(box.value) : box.value)));
  return {
    key, field,
    passes() {
      const on = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
      if (on.size === boxes.length) return null;
      return (one) => of(one).some((value) => on.has(value));
    },
    said: () => title.toLowerCase() + ": " + (boxes.filter((box) => box.checked).map((box) => box.value).join(", ") || "none"),
    reset: () => boxes.forEach((box) => { box.checked = true; }),
  };
}

/* One value out of many, of those that occur; nothing where there is no choice. */
function selection(key, title, values, all, of) {
  const counts = new Map();
  for (const one of all) for (const value of of(one)) counts.set(value, (counts.get(value) || 0) + 1);
  const present = values.filter((value) => counts.has(value));
  if (present.length < 2) return null;
  const select = element("select", { id: "filter-" + key, name: key, onchange: () => refresh() },
    element("option", { value: "" }, "any"),
    present.map((value) => element("option", { value }, value + " (" + counts.get(value).toLocaleString("en-GB") + ")")));
  const field = element("div", { class: "selection" }, element("label", { for: select.id }, title), select);
  return {
    key, field, select,
    passes: () => (select.value ? (one) => of(one).includes(select.value) : null),
    said: () => title.toLowerCase() + ": " + select.value,
    reset: () => { select.value = ""; },
  };
}

const VIEWS = [];
const search = document.getElementById("search");
const told = document.getElementById("told");
let current = null;

function addView(name, title, number, make) {
  const panel = element("div", { role: "tabpanel", id: "view-" + name, "aria-labelledby": "tab-" + name, hidden: true });
  const tab = element("button", {
    type: "button", role: "tab", id: "tab-" + name, "aria-controls": panel.id, "aria-selected": "false", tabindex: "-1",
    onclick: () => choose(view),
  }, title, " ", element("span", { class: "number" }, number.toLocaleString("en-GB")));
  const view = { name, tab, panel, make, made: null };
  VIEWS.push(view);
  document.getElementById("tabs").append(tab);
  document.getElementById("views").append(panel);
}

function choose(view) {
  current = view;
  for (const one of VIEWS) {
    const on = one === view;
    one.tab.setAttribute("aria-selected", String(on));
    one.tab.tabIndex = on ? 0 : -1;
    one.panel.hidden = !on;
  }
  if (!view.made) {
    view.made = view.make(view.panel);
    view.made.filters = view.made.filters.filter((one) => one !== null);
  }
  const reset = element("button", { type: "button", class: "reset", onclick: () => resetAll() }, "Reset");
  document.getElementById("filter-fields").replaceChildren(...view.made.filters.map((one) => one.field), reset);
  refresh();
}

function resetAll() {
  search.value = "";
  for (const one of current.made.filters) one.reset();
  refresh();
}

/* Show what passes the search (every word of it) and the filters, and say how much that is. */
function refresh() {
  const made = current.made;
  const words = search.value.toLowerCase().split(/\s+/).filter((word) => word);
  const active = made.filters.filter((one) => one.passes() !== null);
  const tests = active.map((one) => one.passes());
  const entries = made.all.filter(
    (one) => tests.every((test) => test(one)) && words.every((word) => sought(one).includes(word)),
  );
  made.show(entries);
  const by = active.map((one) => one.said());
  if (words.length) by.unshift("search: " + search.value.trim());
  const narrowed = entries.length === made.all.length ? plural(made.all.length, made.noun)
    : entries.length.toLocaleString("en-GB") + " of " + plural(made.all.length, made.noun);
  told.textContent = made.all.length ? narrowed + (by.length ? " (" + by.join("; ") + ")" : "")
    : current.name === "findings" ? DATA.clear : "Nothing to show.";
  document.getElementById("filtering").textContent = by.length ? "(" + by.length + " in use)" : "";
}

let waiting = 0;
search.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 80);
});

document.getElementById("tabs").addEventListener("keydown", (event) => {
  const at = VIEWS.indexOf(current);
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: VIEWS.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  choose(VIEWS[(to + VIEWS.length) % VIEWS.length]);
  current.tab.focus();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest && event.target.closest("input:not([type=checkbox]), select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey
      && !document.getElementById("cell").open) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "Escape" && event.target === search) {
    event.preventDefault();
    if (search.value) {
      search.value = "";
      refresh();
    } else {
      search.blur();
    }
  } else if (event.key === "Escape" && !document.getElementById("cell").open) {
    const open = event.target.closest && event.target.closest("details.entry[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  }
});

document.getElementById("cell").addEventListener("click", (event) => {
  if (event.target === event.currentTarget) event.currentTarget.close();
});

for (const button of document.querySelectorAll("button.kind")) {
  button.addEventListener("click", () => {
    choose(VIEWS.find((view) => view.name === "findings"));
    resetAll();
    const kind = current.made.filters.find((one) => one.key === "kind");
    if (kind) kind.select.value = button.dataset.kind;
    refresh();
    document.getElementById("results").focus();
  });
}

/* The address of a finding: the page's own, a number sign and the fingerprint. */
function openAddress() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  for (const [name, entries] of [["findings", FINDINGS], ["changes", CHANGES]]) {
    const entry = wanted && entries.find((one) => one.fingerprint === wanted);
    if (!entry) continue;
    document.getElementById("cell").close();
    choose(VIEWS.find((view) => view.name === name));
    if (!current.made.listing.upTo(entry)) {
      resetAll();
      current.made.listing.upTo(entry);
    }
    const line = current.panel.querySelector('[data-fingerprint="' + CSS.escape(wanted) + '"]');
    line.open = true;
    line.fill();
    line.scrollIntoView({ block: "start" });
    line.querySelector("summary").focus({ preventScroll: true });
    return;
  }
}
window.addEventListener("hashchange", openAddress);

/* On paper everything that passes the filters is open, up to a number that is said. */
let opened = [];
window.addEventListener("beforeprint", () => {
  current.made.listing.print();
  opened = Array.from(document.querySelectorAll("details:not([open])"));
  for (const one of opened) {
    if (one.fill) one.fill();
    one.open = true;
  }
  for (const one of Array.from(current.panel.querySelectorAll(".body details:not([open])"))) {
    one.open = true;
    opened.push(one);
  }
});
window.addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
  opened = [];
});

if (CHANGES.length) addView("changes", "Changes", CHANGES.length, changesView);
addView("findings", "Findings", FINDINGS.length, findingsView);
if (ROWS.length) addView("matrix", "Matrix", ROWS.length, matrixView);
document.getElementById("results").hidden = false;
if (window.matchMedia("(max-width: 44rem)").matches) document.getElementById("filters").open = false;
choose(VIEWS[0]);
openAddress();
document.documentElement.dataset.ready = "yes";
