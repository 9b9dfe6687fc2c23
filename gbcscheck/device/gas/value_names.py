"""What numbers and bits of gas messages mean, by the element of the byte layout or the attribute.

The names are those of the types of these fields in the cluster definitions of ZigBee Smart Energy 1.4, as the public
repository project-chip/zap has them (``zcl-builtin/silabs/ami.xml``, Apache-2.0; the line is that of the type), put
into words. They are told beside the number, and no value is judged by them.
"""

from __future__ import annotations

from collections.abc import Mapping

_AMI_UNIT_OF_MEASURE: Mapping[int, str] = {  # line 77
    0x00: "kWh",
    0x01: "m3 or m3/h",
    0x02: "ft3 or ft3/h",
    0x03: "100 ft3 or 100 ft3/h",
    0x04: "US gallons, or an hour",
    0x05: "imperial gallons, or an hour",
    0x06: "BTU or BTU/h",
    0x07: "l or l/h",
    0x08: "kPa, gauge",
    0x09: "kPa, absolute",
    0x0A: "1000 ft3 or 1000 ft3/s",
    0x0B: "no unit",
    0x0C: "MJ or MJ/s",
    0x0D: "kvar or kvarh",
}
_BLOCK_PERIOD_CONTROL: Mapping[int, str] = {  # line 359
    0x01: "price acknowledgement requirement",
    0x02: "repeating block",
}
_CALENDAR_TIME_REFERENCE: Mapping[int, str] = {  # line 4509
    0x00: "UTC",
    0x01: "standard time",
    0x02: "local time",
}
_CALENDAR_TYPE: Mapping[int, str] = {  # line 4502
    0x00: "delivered calendar",
    0x01: "received calendar",
    0x02: "delivered and received calendar",
    0x03: "friendly credit calendar",
    0x04: "auxiliary load switch calendar",
}
_CALORIFIC_VALUE_UNIT: Mapping[int, str] = {  # line 64
    0x01: "MJ/m3",
    0x02: "MJ/kg",
}
_CLEARED_EVENTS_LOGS: Mapping[int, str] = {  # line 5372
    0x01: "all logs cleared",
    0x02: "tamper log cleared",
    0x04: "fault log cleared",
    0x08: "general event log cleared",
    0x10: "security event log cleared",
    0x20: "network event log cleared",
}
_CREDIT_ADJUSTMENT_TYPE: Mapping[int, str] = {  # line 4068
    0x00: "credit incremental",
    0x01: "credit absolute",
}
_CREDIT_STATUS: Mapping[int, str] = {  # line 3974
    0x01: "credit ok",
    0x02: "low credit",
    0x04: "emergency credit enabled",
    0x08: "emergency credit available",
    0x10: "emergency credit selected",
    0x20: "emergency credit in use",
    0x40: "credit exhausted",
}
_DEBT_AMOUNT_TYPE: Mapping[int, str] = {  # line 4060
    0x00: "type1 absolute",
    0x01: "type1 incremental",
    0x02: "type2 absolute",
    0x03: "type2 incremental",
    0x04: "type3 absolute",
    0x05: "type3 incremental",
}
_DEBT_RECOVERY_FREQUENCY: Mapping[int, str] = {  # line 3988
    0x00: "per hour",
    0x01: "per day",
    0x02: "per week",
    0x03: "per month",
    0x04: "per quarter",
}
_DEBT_RECOVERY_METHOD: Mapping[int, str] = {  # line 3983
    0x00: "time based",
    0x01: "percentage based",
    0x02: "catch up based",
}
_EVENT_CONFIGURATION: Mapping[int, str] = {  # line 4722
    0x07: "log action",
    0x08: "push event to WAN",
    0x10: "push event to HAN",
    0x20: "raise alarm zig bee",
    0x40: "raise alarm physical",
}
_EVENT_CONFIGURATION_CONTROL: Mapping[int, str] = {  # line 4743
    0x00: "apply by list",
    0x01: "apply by event group",
    0x02: "apply by log type",
    0x03: "apply by configuration match",
}
_FRIENDLY_CREDIT: Mapping[int, str] = {  # line 4093
    0x01: "friendly credit enabled",
}
_METERING_SUPPLY_STATUS: Mapping[int, str] = {  # line 2017
    0x00: "supply off",
    0x01: "supply off armed",
    0x02: "supply on",
}
_ORIGINATING_DEVICE: Mapping[int, str] = {  # line 4052
    0x00: "energy service interface",
    0x01: "meter",
    0x02: "in home display device",
}
_PASSWORD_TYPE: Mapping[int, str] = {  # line 4729
    0x01: "password1 service menu access",
    0x02: "password2 consumer menu access",
    0x03: "password3",
    0x04: "password4",
}
_PAYMENT_CONTROL_CONFIGURATION: Mapping[int, str] = {  # line 3962
    0x001: "disconnection enabled",
    0x002: "prepayment enabled",
    0x004: "credit management enabled",
    0x010: "credit display enabled",
    0x040: "account base",
    0x080: "contactor fitted",
    0x100: "standing charge configuration",
    0x200: "emergency standing charge configuration",
    0x400: "debt configuration",
    0x800: "emergency debt configuration",
}
_PROPOSED_CHANGE_CONTROL: Mapping[int, str] = {  # line 4698
    0x0001: "pre snapshots",
    0x0002: "post snapshots",
    0x0004: "reset credit register",
    0x0008: "reset debit register",
    0x0010: "reset billing period",
    0x0020: "clear tariff plan",
    0x0040: "clear standing charge",
    0x0080: "block historical load profile information",
    0x0100: "clear historical load profile information",
    0x0200: "clear ihd data consumer",
    0x0400: "clear ihd data supplier",
    0x1800: "meter connector state on off armed",
    0x2000: "clear transaction log",
    0x4000: "clear prepayment log",
}
_PROPOSED_SUPPLY_STATUS: Mapping[int, str] = {  # line 2540
    0x00: "reserved",
    0x01: "supply off armed",
    0x02: "supply on",
}
_REPAYMENT_DEBT_TYPE: Mapping[int, str] = {  # line 4083
    0x00: "debt1",
    0x01: "debt2",
    0x02: "debt3",
    0xFF: "all debts",
}
_RESULT_TYPE: Mapping[int, str] = {  # line 4096
    0x00: "accepted",
    0x01: "rejected invalid top up",
    0x02: "rejected duplicate top up",
    0x03: "rejected error",
    0x04: "rejected max credit reached",
    0x05: "rejected keypad lock",
    0x06: "rejected top up value too large",
    0x10: "accepted supply enabled",
    0x11: "accepted supply disabled",
    0x12: "accepted supply armed",
}
_SAMPLE_TYPE: Mapping[int, str] = {  # line 2518
    0x00: "consumption delivered",
}
_SNAPSHOT_CAUSE: Mapping[int, str] = {  # line 2487
    0x00001: "general",
    0x00002: "end of billing period",
    0x00004: "end of block period",
    0x00008: "change of tariff information",
    0x00010: "change of price matrix",
    0x00020: "change of block thresholds",
    0x00040: "change of cv",
    0x00080: "change of cf",
    0x00100: "change of calendar",
    0x00200: "critical peak pricing",
    0x00400: "manually triggered from client",
    0x00800: "end of resolve period",
    0x01000: "change of tenancy",
    0x02000: "change of supplier",
    0x04000: "change of mode",
    0x08000: "debt payment",
    0x10000: "scheduled snapshot",
    0x20000: "ota firmware download",
}
_SUPPLY_CONTROL_BITS: Mapping[int, str] = {  # line 2537
    0x01: "acknowledge required",
}
_SUPPLY_STATUS: Mapping[int, str] = {  # line 2172
    0x00: "supply off",
    0x01: "supply off armed",
    0x02: "supply on",
    0x03: "supply unchanged",
}
_EVENT_LOG_ID: Mapping[int, str] = {  # line 5344
    0x00: "all logs",
    0x01: "tamper log",
    0x02: "fault log",
    0x03: "general event log",
    0x04: "security event log",
    0x05: "network event log",
    0x06: "GBCS general event log",
    0x07: "GBCS security event log",
}
_TARIFF_RESOLUTION_PERIOD: Mapping[int, str] = {  # line 110
    0x00: "not defined",
    0x01: "block period",
    0x02: "one day",
}

NUMBERS: Mapping[str, Mapping[int, str]] = {
    "log ID": _EVENT_LOG_ID,
    "Calendar Type": _CALENDAR_TYPE,
    "Calendar Time Reference": _CALENDAR_TIME_REFERENCE,
    "Calorific Value Unit": _CALORIFIC_VALUE_UNIT,
    "Configuration Control": _EVENT_CONFIGURATION_CONTROL,
    "Credit Adjustment Type": _CREDIT_ADJUSTMENT_TYPE,
    "Debt Amount Type": _DEBT_AMOUNT_TYPE,
    "Debt Recovery Frequency": _DEBT_RECOVERY_FREQUENCY,
    "Debt Recovery Frequency 1": _DEBT_RECOVERY_FREQUENCY,
    "Debt Recovery Frequency 2": _DEBT_RECOVERY_FREQUENCY,
    "Debt Recovery Method": _DEBT_RECOVERY_METHOD,
    "Debt Type": _REPAYMENT_DEBT_TYPE,
    "LoadLimitSupply State": _SUPPLY_STATUS,
    "SupplyDepletion State": _SUPPLY_STATUS,
    "SupplyTamper State": _SUPPLY_STATUS,
    "SupplyUncontrolled FlowState": _SUPPLY_STATUS,
    "Originating Device": _ORIGINATING_DEVICE,
    "Source of Top up": _ORIGINATING_DEVICE,
    "Password Type": _PASSWORD_TYPE,
    "Proposed Supply Status": _PROPOSED_SUPPLY_STATUS,
    "Result Type": _RESULT_TYPE,
    "SampleType": _SAMPLE_TYPE,
    "Supply Status": _METERING_SUPPLY_STATUS,
    "Tariff Resolution Period": _TARIFF_RESOLUTION_PERIOD,
    "Unit of Measure": _AMI_UNIT_OF_MEASURE,
    "Uncontrolled Flow Threshold Unit of Measure": _AMI_UNIT_OF_MEASURE,
}
"""The names of numbers, by the element."""
BITS: Mapping[str, Mapping[int, str]] = {
    "Block Period Control": _BLOCK_PERIOD_CONTROL,
    "ClearedEventsLogs": _CLEARED_EVENTS_LOGS,
    "Event Configuration": _EVENT_CONFIGURATION,
    "Friendly Credit": _FRIENDLY_CREDIT,
    "Proposed Payment Control Configuration": _PAYMENT_CONTROL_CONFIGURATION,
    "Payment Control Configuration": _PAYMENT_CONTROL_CONFIGURATION,
    "Credit Status": _CREDIT_STATUS,
    "Proposed Tenancy Change Control": _PROPOSED_CHANGE_CONTROL,
    "Provider Change Control": _PROPOSED_CHANGE_CONTROL,
    "Snapshot Cause": _SNAPSHOT_CAUSE,
    "Supply Control Bits": _SUPPLY_CONTROL_BITS,
}
"""The names of bits by their mask, by the element; a mask of several bits is a number."""
