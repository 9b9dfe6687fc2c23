/* What a source says: where it stands, its own words with the part that counts marked, and how it was read. */

const PROVENANCE = {
  published: "read in the source",
  derived: "worked out from published facts",
  synthetic: "made up to show a case",
  "house rule": "a rule of one's own, of no document",
};

function marked(words, part) {
  if (part.length !== 2) return [words];
  const [start, end] = part;
  return [words.slice(0, start), element("mark", {}, words.slice(start, end)), words.slice(end)];
}

function provenance(said) {
  const known = "provenance " + said.provenance.replace(" ", "-");
  return element("span", { class: known, title: PROVENANCE[said.provenance] }, said.provenance);
}

function placeLine(said) {
  const specification = SPECIFICATIONS[said.column];
  const named = specification.name + (said.clause || specification.part ? " " + (said.clause || specification.part) : "");
  return element("p", { class: "place" },
    element("span", { class: "spec" }, named),
    element("span", { class: "path" }, soft(said.place)),
    provenance(said),
  );
}

/* One side of a finding or a change. */
function side(number, { meaning = "", subject = "", part = [], title = "" } = {}) {
  const said = statementOf(number);
  const same = !subject || said.subject === subject || said.subject.endsWith("/" + subject)
    || subject.endsWith("/" + said.subject);
  const own = said.attribute + ": ";
  const plain = meaning.startsWith(own) ? meaning.slice(own.length) : meaning;
  const note = plain || (said.reading ? "read as " + said.reading : "");
  return element("div", { class: "side" },
    title ? element("p", { class: "side-title" }, title) : null,
    placeLine(said),
    same ? null : element("p", { class: "of" }, "of ", soft(said.subject)),
    element("pre", {}, marked(said.words, part.length ? part : said.part)),
    element("p", { class: "meaning" }, element("span", { class: "attribute" }, note ? own : said.attribute), note),
  );
}

/* Everything that some statements say, equal words once with the places of all. */
function sayings(numbers) {
  const groups = new Map();
  for (const number of numbers) {
    const said = statementOf(number);
    const key = said.attribute + "\u0000" + said.words;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(said);
  }
  return element("dl", { class: "sayings" }, Array.from(groups.values(), (group) => {
    const first = group[0];
    const places = group.map((said) => element("li", {},
      element("span", { class: "path" }, soft(said.place)), " ", said.clause || soft(said.subject), " ",
      said.provenance === "published" ? null : provenance(said),
    ));
    const few = element("ul", { class: "places" }, places);
    return [
      element("dt", {}, first.attribute),
      element("dd", {},
        element("pre", {}, marked(first.words, first.part)),
        first.reading ? element("p", { class: "meaning" }, "read as " + first.reading) : null,
        places.length < 3 ? few
          : element("details", {}, element("summary", {}, plural(places.length, "place")), few),
      ),
    ];
  }));
}
