"""Which element of the XML that gurux-dlms writes is which attribute, and how it is read (Blue Book 4.3 to 4.5).

The types of fields are those of the classes: the XML does not say them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gbcscheck.device.objects import values as read
from gbcscheck.device.objects.readers import (
    Field,
    Reader,
    buffer,
    day_profiles,
    entries_of,
    mode_and_status,
    moments,
    octets,
    of_type,
    register_value,
    scaler_unit,
    simple,
    typed_value,
    values_of,
    whole_number,
)
from gbcscheck.device.objects.values import (
    DOUBLE_LONG,
    DOUBLE_LONG_UNSIGNED,
    ENUM,
    INTEGER,
    LONG,
    LONG_UNSIGNED,
    UNSIGNED,
)


class Attribute(NamedTuple):
    """An attribute: its number in the class, the elements that hold it, how they are read."""

    number: int
    elements: tuple[str, ...]
    read: Reader


class CosemClass(NamedTuple):
    """A class: its identifier and the attributes that are read."""

    class_id: int
    attributes: tuple[Attribute, ...]


_SCHEDULE: tuple[Field, ...] = (
    ("Index", of_type(LONG_UNSIGNED)),
    ("Enable", read.boolean),
    ("LogicalName", read.logical_name),
    ("ScriptSelector", of_type(LONG_UNSIGNED)),
    ("SwitchTime", read.time),
    ("ValidityWindow", of_type(LONG_UNSIGNED)),
    ("ExecWeekdays", read.weekdays),
    ("ExecSpecDays", read.bit_string),
    ("BeginDate", read.date),
    ("EndDate", read.date),
)
_SPECIAL_DAY: tuple[Field, ...] = (("Index", of_type(LONG_UNSIGNED)), ("Date", read.date), ("DayId", of_type(UNSIGNED)))
_SEASON: tuple[Field, ...] = (("Name", octets), ("Start", read.date_time), ("WeekName", octets))
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK: tuple[Field, ...] = (("Name", octets), *((day, of_type(UNSIGNED)) for day in _DAYS))

_VALUE = Attribute(2, ("Value",), typed_value)
_REGISTER = (Attribute(2, ("Value",), register_value), Attribute(3, ("Scaler", "Unit"), scaler_unit))

LAYOUTS: Mapping[str, CosemClass] = {
    "GXDLMSData": CosemClass(1, (_VALUE,)),
    "GXDLMSRegister": CosemClass(3, _REGISTER),
    "GXDLMSExtendedRegister": CosemClass(
        4,
        (
            *_REGISTER,
            Attribute(4, ("Status",), typed_value),
            Attribute(5, ("CaptureTime",), simple(read.date_time)),
        ),
    ),
    "GXDLMSProfileGeneric": CosemClass(
        7,
        (
            Attribute(2, ("Buffer",), buffer),
            Attribute(4, ("CapturePeriod",), whole_number(DOUBLE_LONG_UNSIGNED, zero_is_unread=True)),
            Attribute(7, ("EntriesInUse",), whole_number(DOUBLE_LONG_UNSIGNED, zero_is_unread=True)),
            Attribute(8, ("ProfileEntries",), whole_number(DOUBLE_LONG_UNSIGNED, zero_is_unread=True)),
        ),
    ),
    "GXDLMSClock": CosemClass(
        8,
        (
            Attribute(2, ("Time",), simple(read.date_time)),
            Attribute(3, ("TimeZone",), whole_number(LONG, zero_is_unread=True)),
            Attribute(4, ("Status",), whole_number(UNSIGNED, zero_is_unread=True)),
            Attribute(5, ("Begin",), simple(read.date_time)),
            Attribute(6, ("End",), simple(read.date_time)),
            Attribute(7, ("Deviation",), whole_number(INTEGER, zero_is_unread=True)),
            Attribute(8, ("Enabled",), simple(read.boolean, zero_is_unread=True)),
            Attribute(9, ("ClockBase",), whole_number(ENUM, zero_is_unread=True)),
        ),
    ),
    "GXDLMSSchedule": CosemClass(10, (Attribute(2, ("Entries",), entries_of(_SCHEDULE)),)),
    "GXDLMSSpecialDaysTable": CosemClass(11, (Attribute(2, ("Entries",), entries_of(_SPECIAL_DAY)),)),
    "GXDLMSActivityCalendar": CosemClass(
        20,
        (
            Attribute(3, ("SeasonProfileActive",), entries_of(_SEASON)),
            Attribute(4, ("WeekProfileTableActive",), entries_of(_WEEK)),
            Attribute(5, ("DayProfileTableActive",), day_profiles),
            Attribute(7, ("SeasonProfilePassive",), entries_of(_SEASON)),
            Attribute(8, ("WeekProfileTablePassive",), entries_of(_WEEK)),
            Attribute(9, ("DayProfileTablePassive",), day_profiles),
            Attribute(10, ("Time",), simple(read.date_time)),
        ),
    ),
    "GXDLMSRegisterMonitor": CosemClass(21, (Attribute(2, ("Thresholds",), values_of),)),
    "GXDLMSActionSchedule": CosemClass(22, (Attribute(4, ("ExecutionTime",), moments),)),
    "GXDLMSDisconnectControl": CosemClass(
        70,
        (
            Attribute(2, ("OutputState",), simple(read.boolean, zero_is_unread=True)),
            Attribute(3, ("ControlState",), whole_number(ENUM, zero_is_unread=True)),
            Attribute(4, ("ControlMode",), whole_number(ENUM, zero_is_unread=True)),
        ),
    ),
    "GXDLMSLimiter": CosemClass(
        71,
        (
            Attribute(3, ("ThresholdActive",), typed_value),
            Attribute(4, ("ThresholdNormal",), typed_value),
            Attribute(5, ("ThresholdEmergency",), typed_value),
            Attribute(6, ("MinOverThresholdDuration",), whole_number(DOUBLE_LONG_UNSIGNED)),
            Attribute(7, ("MinUnderThresholdDuration",), whole_number(DOUBLE_LONG_UNSIGNED)),
            Attribute(10, ("Active",), simple(read.boolean)),
        ),
    ),
    "GXDLMSAccount": CosemClass(
        111,
        (
            Attribute(2, ("PaymentMode", "AccountStatus"), mode_and_status),
            Attribute(13, ("AccountActivationTime",), simple(read.date_time)),
            Attribute(14, ("AccountClosureTime",), simple(read.date_time)),
            Attribute(16, ("LowCreditThreshold",), whole_number(DOUBLE_LONG, zero_is_unread=True)),
            Attribute(17, ("NextCreditAvailableThreshold",), whole_number(DOUBLE_LONG, zero_is_unread=True)),
            Attribute(18, ("MaxProvision",), whole_number(LONG_UNSIGNED, zero_is_unread=True)),
            Attribute(19, ("MaxProvisionPeriod",), whole_number(DOUBLE_LONG, zero_is_unread=True)),
        ),
    ),
    "GXDLMSCredit": CosemClass(
        112,
        (
            Attribute(2, ("CurrentCreditAmount",), whole_number(DOUBLE_LONG, zero_is_unread=True)),
            Attribute(5, ("WarningThreshold",), whole_number(DOUBLE_LONG, zero_is_unread=True)),
            Attribute(6, ("Limit",), whole_number(DOUBLE_LONG, zero_is_unread=True)),
            Attribute(9, ("PresetCreditAmount",), whole_number(DOUBLE_LONG, zero_is_unread=True)),
            Attribute(10, ("CreditAvailableThreshold",), whole_number(DOUBLE_LONG, zero_is_unread=True)),
        ),
    ),
    "GXDLMSCharge": CosemClass(
        113,
        (
            Attribute(7, ("UnitChargeActivationTime",), simple(read.date_time)),
            Attribute(8, ("Period",), whole_number(DOUBLE_LONG_UNSIGNED, zero_is_unread=True)),
            Attribute(13, ("Proportion",), whole_number(LONG_UNSIGNED, zero_is_unread=True)),
        ),
    ),
}
"""The classes that are read, by the element of the object."""
