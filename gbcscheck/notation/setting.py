"""What a cell of a table of settings was read as."""

from __future__ import annotations

from gbcscheck.domains import Domain
from gbcscheck.frozen import frozen

QUANTITY = "quantity"
RANGE = "range"
CHOICE = "choice"
WEEK_DAYS = "week days"
TIME_OF_DAY = "time of day"
PERIOD = "period of the day"
DATE = "date"
SEASON = "period of the year"
DATE_TIME = "date and time"
SWITCH = "switch"
OCTETS = "octets"
BITS = "bits"
TEXT = "text"

EXPECTED = {
    "time": "a time of day",
    "date": "a date",
    "days": "days of the week",
    "duration": "a duration",
    "switch": "on or off",
    "quantity": "a quantity",
}
"""What a row may be known to hold by the name of its element, in words."""

NOT_EXPECTED = {
    "time": (QUANTITY, RANGE, CHOICE, DATE, SEASON, WEEK_DAYS),
    "date": (QUANTITY, RANGE, CHOICE, TIME_OF_DAY, PERIOD, WEEK_DAYS),
    "days": (QUANTITY, RANGE, CHOICE, TIME_OF_DAY, PERIOD, DATE, SEASON),
    "duration": (TIME_OF_DAY, PERIOD, DATE, SEASON, WEEK_DAYS, DATE_TIME, SWITCH),
    "switch": (TIME_OF_DAY, PERIOD, DATE, SEASON, WEEK_DAYS, DATE_TIME),
    "quantity": (TIME_OF_DAY, PERIOD, DATE, SEASON, WEEK_DAYS, DATE_TIME, SWITCH),
}
"""What a setting is not, where something is expected."""


@frozen
class Blank:
    """A cell that holds no value, and the marker that says so (empty text for an empty cell)."""

    marker: str


@frozen
class Setting:
    """A value or a set of values. A period's domain is a record of ``start`` and ``end``."""

    reading: str
    domain: Domain
