/* Elements are made one by one and text is set as text: nothing of a specification is ever read as markup. */

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key in made && typeof value === "boolean") made[key] = value;
    else made.setAttribute(key, value);
  }
  add(made, children);
  return made;
}

function add(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === "") continue;
    parent.append(child);
  }
}

/* A name that may be broken after a slash, a full stop or an underscore, where no space lets it. */
function soft(text) {
  const parts = text.match(/[^/._)\]]*[/._)\]]*/g).filter((part) => part);
  return parts.flatMap((part, index) => (index ? [document.createElement("wbr"), part] : [part]));
}

function plural(number, noun) {
  return number.toLocaleString("en-GB") + " " + noun + (number === 1 ? "" : "s");
}

const MARKS = {
  error: "\u2715", warning: "\u25b2", note: "\u25cb", conflicts: "\u2715", waived: "\u2013", agrees: "\u2713",
  alone: "\u00b7", silent: "",
  breaking: "\u2715", unknown: "?", compatible: "\u2713", neutral: "\u00b7",
};

/* A word with its mark; the word alone is read out. */
function badge(word, kind) {
  const mark = MARKS[word] ? element("span", { class: "mark", "aria-hidden": "true" }, MARKS[word]) : null;
  return element("span", { class: "badge " + (kind || word) }, mark, word);
}

/* Labels and what they say, in two columns; what says nothing is left out. */
function facts(rows) {
  const said = rows.filter(([, text]) => text && (!Array.isArray(text) || text.length));
  return element("dl", { class: "facts" }, said.map(([label, text]) => [
    element("dt", {}, label), element("dd", {}, text),
  ]));
}
