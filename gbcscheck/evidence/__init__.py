"""What a release says of one value: read, converted, and all that it must fit."""
