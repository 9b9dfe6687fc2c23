"""What a change of the specifications means: what was added, removed or changed, whom it hurts, and which conflicts it
brings or ends.

``sides`` finds out what an argument names (files, a release, a git revision), ``configured`` to which paths a revision
keeps, ``loading`` reads it. ``release_pairs`` says which release is compared with which, ``parts`` which version of a
part with which. ``differences`` compares the statements of two parts, ``verdicts`` says what each change means,
``bumps`` which version does not rise, ``conflicts`` compares what ``check`` finds. ``whole`` puts it together.
"""
