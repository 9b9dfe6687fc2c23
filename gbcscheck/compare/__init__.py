"""What a change of the specifications means: what was added, removed or changed, whom it hurts, and which conflicts it
brings or ends.

``sides`` finds out what an argument names (files, a release, a git revision), ``configured`` to which paths a revision
keeps, ``loading`` reads it, ``differences`` compares the statements of two sides, ``verdicts`` says what each change
means, ``conflicts`` compares what ``check`` finds.
"""
