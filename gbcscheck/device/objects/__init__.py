"""COSEM objects as XML, in the form in which existing tools dump a meter."""
