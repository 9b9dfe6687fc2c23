"""What a device holds, sends or is sent, judged against every specification.

One module reads or judges one kind of file; ``judge`` knows them all. Specifications come in through ``context``.
"""
