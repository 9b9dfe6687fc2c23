"""The paper that hands edits in: what is to be changed where, why, and whom it affects, as Word and as Markdown."""
