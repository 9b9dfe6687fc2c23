"""One value of a data item against what every specification says of it."""
