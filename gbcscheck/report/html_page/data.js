/* The report as the page holds it; the order of the members is that of html_data.py. */

const DATA = JSON.parse(document.getElementById("data").textContent);

const SPECIFICATIONS = DATA.specifications.map(([name, part]) => ({ name, part, full: part ? name + " " + part : name }));

const SEVERITIES = DATA.severities;

const RULES = DATA.rules.map(([code, name, kind]) => ({ code, name, kind }));

function statementOf(number) {
  const [column, subject, attribute, provenance, clause, place, words, reading, part] = DATA.statements[number];
  return { column, subject, attribute, provenance, clause, place, words, reading, part };
}

const FINDINGS = DATA.findings.map((row, number) => {
  const [rule, severity, subject, message, witness, why, suggestion, fingerprint, status, waived] = row;
  const [statements, meanings, also, members, releases, elsewhere, seen] = row.slice(10);
  return {
    number, rule: RULES[rule], severity, subject, message, witness, why, suggestion, fingerprint, status, waived,
    statements, meanings, also, members, releases, elsewhere, seen,
  };
});

const CHANGES = DATA.changes.map((row, number) => {
  const [change, verdict, parties, subject, attribute, old, now, witness, reason, below, fingerprint, waived] = row;
  const releases = row[12];
  return {
    number, change, verdict, parties, subject, attribute, old, now, witness, reason, below, fingerprint, waived,
    releases,
  };
});

const ROWS = DATA.rows.map(([name, states, findings, statements], number) => ({
  number, name, findings, statements, states: Array.from(states, (letter) => DATA.states[letter]),
}));

/* Whether a finding counts: neither waived nor gone, and the user's own files take part in it. */
function standing(one) {
  return !one.waived && !one.elsewhere && one.status !== "fixed" && one.status !== "lost";
}

/* The columns of the matrix: the specifications that say something of one of its rows or conflict there. */
const COLUMNS = SPECIFICATIONS.map((_, column) => column).filter(
  (column) => ROWS.some((row) => row.states[column] !== "silent"),
);

function columnsOf(statements) {
  return new Set(statements.map((number) => DATA.statements[number][0]));
}

/* What the search looks through, in small letters; made when it is first asked for. */
function sought(entry) {
  if (entry.sought === undefined) entry.sought = entry.searchable().join("\n").toLowerCase();
  return entry.sought;
}

function wordsOfStatements(numbers) {
  return numbers.flatMap((number) => {
    const said = DATA.statements[number];
    return [said[1], said[2], said[4], said[5], said[6], SPECIFICATIONS[said[0]].full];
  });
}

for (const one of FINDINGS) {
  one.searchable = () => [
    one.rule.code, one.rule.name, one.rule.kind, one.severity, one.subject, one.message, one.witness, one.why,
    one.suggestion, one.fingerprint, one.status, one.waived, one.seen, ...one.meanings, ...one.also,
    ...wordsOfStatements(one.statements),
  ];
}
for (const one of CHANGES) {
  one.searchable = () => [
    one.change, one.verdict, one.subject, one.attribute, one.witness, one.reason, one.fingerprint, one.waived,
    ...one.parties, ...one.below, ...wordsOfStatements([one.old, one.now].filter((number) => number >= 0)),
  ];
}
for (const one of ROWS) {
  one.searchable = () => [
    one.name, ...wordsOfStatements(one.statements),
    ...one.findings.flatMap((number) => [FINDINGS[number].rule.code, FINDINGS[number].message, FINDINGS[number].witness]),
  ];
}
