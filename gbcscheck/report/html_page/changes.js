/* What changed between two versions, by what it means for those who rely on the old one. */

function changeBody(one) {
  const sides = [];
  if (one.old >= 0) sides.push(side(one.old, { subject: one.subject, title: "Old" }));
  if (one.now >= 0) sides.push(side(one.now, { subject: one.subject, title: "New" }));
  return element("div", { class: "body" },
    one.waived ? element("p", { class: "waiver" }, badge("waived"), " ", one.waived) : null,
    element("div", { class: "sides" }, sides),
    facts([
      ["Witness", one.witness],
      ["Why", one.reason],
      ["Hurts", one.parties.join(", ")],
      ["In", one.releases],
      ["With it", one.below.length ? alsoOf(one.below) : ""],
      ["Fingerprint", element("a", { href: "#" + one.fingerprint, class: "code" }, one.fingerprint)],
    ]),
  );
}

function changeLine(one) {
  return opening(
    { class: "entry change " + one.verdict + (one.waived ? " aside" : ""), "data-fingerprint": one.fingerprint },
    [
      element("span", { class: "tags" }, badge(one.verdict), one.waived ? badge("waived") : null),
      element("span", { class: "message" }, one.attribute + ": " + one.change,
        one.parties.length ? element("span", { class: "parties" }, " for " + one.parties.join(", ")) : null),
      element("span", { class: "subject" }, soft(one.subject)),
    ],
    () => changeBody(one),
  );
}

function changesView(panel) {
  const verdicts = ["breaking", "unknown", "compatible", "neutral"];
  const all = verdicts.flatMap((verdict) => CHANGES.filter((one) => one.verdict === verdict));
  const counts = new Map();
  const body = element("div", { class: "list" });
  const listing = new Listing(body, (one, before) => [
    before && before.verdict === one.verdict ? null
      : element("h2", { class: "group" }, one.verdict,
        element("span", { class: "number" }, counts.get(one.verdict).toLocaleString("en-GB"))),
    changeLine(one),
  ], "change");
  panel.append(body, listing.end);
  const specifications = (one) => Array.from(columnsOf([one.old, one.now].filter((number) => number >= 0)),
    (column) => SPECIFICATIONS[column].full);
  return {
    listing, all, noun: "change",
    filters: [
      choices("verdict", "Verdict", verdicts, all, (one) => [one.verdict], true),
      choices("change-waived", "Waivers", ["not waived", "waived"], all,
        (one) => [one.waived ? "waived" : "not waived"], false),
      selection("party", "Hurts", Array.from(new Set(all.flatMap((one) => one.parties))).sort(), all,
        (one) => one.parties),
      selection("change", "Change", Array.from(new Set(all.map((one) => one.change))).sort(), all, (one) => [one.change]),
      selection("change-specification", "Specification", SPECIFICATIONS.map((one) => one.full), all, specifications),
    ],
    show(entries) {
      counts.clear();
      for (const one of entries) counts.set(one.verdict, (counts.get(one.verdict) || 0) + 1);
      listing.show(entries);
    },
  };
}
