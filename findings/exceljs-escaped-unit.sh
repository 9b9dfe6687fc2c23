#!/usr/bin/env bash
# exceljs 4.4.0 (npm): a number whose format shows its unit with backslashes is read as a date of the years 1900.
#
# Guess: in a number format a backslash makes the next letter plain text, so 600 with  0\ \s  (Excel shows "600 s", and
# writes formats so when a unit is typed without quotes) is read as the number 600, as it is with  0" s" .
# Observed: the letter behind the backslash counts as one of a date, and the cell is read as a Date: 600 s is
# 1901-08-22, 30 min is 1900-01-29. The same unit in quotes leaves the number alone.
# The number is still there, as days since 1899-12-30; that a period was meant is not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --no-save exceljs@4.4.0
cat >periods.js <<'NODE'
const ExcelJS = require("exceljs");
const cells = [
  [600, '0" s"', "600"],
  [600, "0\\ \\s", "1901-08-22"],
  [30, "0\\ \\m\\i\\n", "1900-01-29"],
  [30, '0 "min"', "30"],
];
(async () => {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet("periods");
  cells.forEach(([number, format], row) => {
    const cell = sheet.getCell(row + 1, 1);
    cell.value = number;
    cell.numFmt = format;
  });
  const again = new ExcelJS.Workbook();
  await again.xlsx.load(await book.xlsx.writeBuffer());
  const found = cells.map((_, row) => {
    const value = again.getWorksheet("periods").getCell(row + 1, 1).value;
    return value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
  });
  cells.forEach(([number, format], row) => console.log(`${number} with the format ${format} is read as ${found[row]}`));
  process.exit(cells.every(([, , known], row) => known === found[row]) ? 0 : 1);
})();
NODE
node periods.js
