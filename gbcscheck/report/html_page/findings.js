/* The findings by kind of conflict: a line for each, which opens to both sides, the witness and what to do. */

function findingBody(one) {
  return element("div", { class: "body" },
    one.waived ? element("p", { class: "waiver" }, badge("waived"), " ", one.waived) : null,
    element("div", { class: "sides" }, one.statements.map((number, index) => side(number, {
      meaning: one.meanings[index] || "", subject: one.subject, part: one.members[index],
    }))),
    facts([
      ["Witness", one.witness],
      ["Why", one.why],
      ["Also", one.also.length ? alsoOf(one.also) : ""],
      ["Also seen as", one.seen],
      ["In", one.releases],
      ["Help", one.suggestion],
      ["Rule", [element("code", {}, one.rule.code), " " + one.rule.name + ", explained by ",
        element("code", {}, "gbcscheck explain " + one.rule.code)]],
      ["Fingerprint", element("a", { href: "#" + one.fingerprint, class: "code" }, one.fingerprint)],
    ]),
  );
}

function alsoOf(subjects) {
  const named = (list) => element("ul", { class: "names" }, list.map((subject) => element("li", {}, soft(subject))));
  if (subjects.length <= 6) return named(subjects);
  return element("details", {}, element("summary", {}, plural(subjects.length, "other subject") + " of the same cause"),
    named(subjects));
}

/* A line that opens; its inside is made when it is first opened. */
function opening(attributes, summary, makeBody) {
  const made = element("details", attributes, element("summary", {}, summary));
  made.fill = () => {
    if (made.filled) return;
    made.filled = true;
    made.append(makeBody());
  };
  made.addEventListener("toggle", () => { if (made.open) made.fill(); });
  return made;
}

function findingLine(one) {
  return opening(
    { class: "entry finding " + one.severity + (standing(one) ? "" : " aside"),
      "data-fingerprint": one.fingerprint },
    [
      element("span", { class: "tags" },
        badge(one.severity), element("code", { title: one.rule.name }, one.rule.code),
        one.status ? badge(one.status, "status") : null, one.waived ? badge("waived") : null),
      element("span", { class: "message" }, one.message),
      element("span", { class: "subject" }, soft(one.subject)),
    ],
    () => findingBody(one),
  );
}

function findingsView(panel) {
  const kinds = new Map(DATA.kinds.map((kind) => [kind, []]));
  for (const one of FINDINGS) kinds.get(one.rule.kind).push(one);
  const worst = (kind) => Math.max(...SEVERITIES.map((name, index) => (
    kinds.get(kind).some((one) => one.severity === name && standing(one)) ? SEVERITIES.length - index : 0)));
  const order = DATA.kinds.filter((kind) => kinds.get(kind).length).sort((one, other) => worst(other) - worst(one));
  const all = order.flatMap((kind) => kinds.get(kind));
  const counts = new Map();
  const body = element("div", { class: "list" });
  const listing = new Listing(body, (one, before) => [
    before && before.rule.kind === one.rule.kind ? null
      : element("h2", { class: "group" }, one.rule.kind,
        element("span", { class: "number" }, counts.get(one.rule.kind).toLocaleString("en-GB"))),
    findingLine(one),
  ], "finding");
  panel.append(body, listing.end);
  return {
    listing, all, noun: "finding",
    filters: [
      choices("severity", "Severity", SEVERITIES, all, (one) => [one.severity], true),
      choices("status", "Status", ["new", "fixed", "remaining", "lost"], all, (one) => [one.status], false),
      choices("waived", "Waivers", ["not waived", "waived"], all, (one) => [one.waived ? "waived" : "not waived"], false),
      selection("kind", "Kind", order, all, (one) => [one.rule.kind]),
      selection("specification", "Specification", SPECIFICATIONS.map((one) => one.full), all,
        (one) => Array.from(columnsOf(one.statements), (column) => SPECIFICATIONS[column].full)),
    ],
    show(entries) {
      counts.clear();
      for (const one of entries) counts.set(one.rule.kind, (counts.get(one.rule.kind) || 0) + 1);
      listing.show(entries);
    },
  };
}
