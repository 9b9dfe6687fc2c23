"""What the configuration of a repository asks of a run over files of devices: exclusions, house rules, notes."""

from gbcscheck.policy.applied import fails_on, noted
from gbcscheck.policy.configuration import Configuration
from gbcscheck.policy.house_files import house_rules
from gbcscheck.policy.scope import configuration_of, exclusions_of
from gbcscheck.wildcards import Exclusions, named_all_the_same

__all__ = [
    "Configuration",
    "Exclusions",
    "configuration_of",
    "exclusions_of",
    "fails_on",
    "house_rules",
    "named_all_the_same",
    "noted",
]
