"""Word documents (.docx, ECMA-376 part 1): their tables and paragraphs, read from the XML itself, in two views."""
