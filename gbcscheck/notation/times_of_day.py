"""Times of day at regular steps, as sets of COSEM times (Blue Book 4.1.6.1)."""

from __future__ import annotations

from gbcscheck.domains import Domain, cosem_time, integers, points
from gbcscheck.domains.cosem import UNSPECIFIED
from gbcscheck.domains.rational import Rational

_HUNDREDTHS = [0, UNSPECIFIED]


def every_time_of_day(step: Rational | None = None) -> Domain | None:
    """Every time of day with its second, hour and minute given, or those at steps of so many seconds from midnight;
    None where the steps are none that the fields can say apart (90 minutes).

    >>> str(every_time_of_day(1800))
    'time(hour 0..23, minute 0 | 30, second 0, hundredths 0 | 255)'
    """
    hour, minute, second = integers(0, 23), integers(0, 59), integers(0, 59)
    if step is not None:
        if step <= 0 or step != int(step):
            return None
        whole = int(step)
        if whole < 60 and 60 % whole == 0:
            second = points(range(0, 60, whole))
        elif whole % 60 == 0 and whole < 3600 and 3600 % whole == 0:
            minute, second = points(range(0, 60, whole // 60)), points([0])
        elif whole % 3600 == 0 and whole < 86400 and 86400 % whole == 0:
            hour, minute, second = points(range(0, 24, whole // 3600)), points([0]), points([0])
        else:
            return None
    return cosem_time(hour=hour, minute=minute, second=second, hundredths=points(_HUNDREDTHS))
