"""Messages with an ASN.1 payload (security credentials, joining, firmware, clock of gas meters), judged."""
