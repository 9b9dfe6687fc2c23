#!/usr/bin/env bash
# @smartdcc/duis-parser 0.6.0 (npm): a GBCS message in base64 has other octets once its line ends are written as &#xD;.
#
# Guess: base64 of a DeviceGBCSResponse that is broken into lines with carriage returns is the same message, whichever
# of the two ways of XML the carriage return is written in: &#13; (Java, libxml2) or &#xD; (XmlWriter of .NET). Both
# are valid xs:base64Binary, since blanks and line ends do not count.
# Observed: &#13; is read as a carriage return, &#xD; is left as it stands. Its x and D are digits of base64, so a
# decoder makes octets of them: the message is longer, and all behind the first line end is another one. Nothing is said.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --no-save @smartdcc/duis-parser@0.6.0
cat >lines.js <<'NODE'
const { parseDuis } = require("@smartdcc/duis-parser");
const octets = Buffer.from(Array.from({ length: 72 }, (_, index) => index));
const text = octets.toString("base64");
const request = (end) => `<?xml version="1.0" encoding="UTF-8"?>
<sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4">
  <sr:Header>
    <sr:RequestID>90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:1001</sr:RequestID>
    <sr:CommandVariant>8</sr:CommandVariant>
    <sr:ServiceReference>8.13</sr:ServiceReference>
    <sr:ServiceReferenceVariant>8.13</sr:ServiceReferenceVariant>
  </sr:Header>
  <sr:Body><sr:ReturnLocalCommandResponse><sr:DeviceGBCSResponse>${text.slice(0, 64)}${end}
${text.slice(64)}</sr:DeviceGBCSResponse></sr:ReturnLocalCommandResponse></sr:Body>
</sr:Request>`;
const known = [["", true], ["&#13;", true], ["&#xD;", false]];
let same = true;
for (const [end, right] of known) {
  const read = parseDuis("simplified", request(end)).body.ReturnLocalCommandResponse.DeviceGBCSResponse;
  const found = Buffer.from(read, "base64");
  console.log(`line end ${end || "as such"}: ${found.length} octets, ${found.equals(octets) ? "those that were sent" : "others than were sent"}`);
  same &&= found.equals(octets) === right && (right || found.length > octets.length);
}
process.exit(same ? 0 : 1);
NODE
node lines.js
