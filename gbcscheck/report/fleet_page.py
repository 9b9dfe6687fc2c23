"""The report of a fleet as one HTML page that holds all that it shows, runs nothing and fetches nothing.

It looks as the other pages do (``html_page/page.css``, with ``fleet.css`` behind it), and has no script: whoever opens
it sees first which firmware is wrong, then by item, over time and by value, and each plot as numbers too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import Template

from gbcscheck.model.fleet import FleetGroup, FleetRun
from gbcscheck.report.coverage import counted
from gbcscheck.report.fleet_bars import PATTERNS, bars_table, group_bars, item_bars
from gbcscheck.report.fleet_distributions import distribution_plot
from gbcscheck.report.fleet_entries import drift_table, entries, looked_at_section, since_table
from gbcscheck.report.fleet_faults import faults
from gbcscheck.report.fleet_outliers import Ranked, items_standing_out, standing_out
from gbcscheck.report.fleet_time import over_time
from gbcscheck.report.fleet_words import by_share, engine_words, group_name, share, share_of, unexplained, verdict
from gbcscheck.report.html_parts import asset, content_policy, html_text
from gbcscheck.version import __version__

MOST_ALARMS = 3
"""Groups that stand out which are named at the top."""
MOST_ALARM_ITEMS = 4
MOST_DISTRIBUTIONS = 60
MOST_PROBLEMS = 50
"""Files that could not be read which are named at the top; a table below has more."""
GROUP_KEYS = (
    ("wrong-bar", "\u2715 stands out"),
    ("usual", "wrong as often as the others"),
    ("whisker", "where the share may lie if there were more such devices (95 %): the fewer devices, the longer"),
)
"""What the colours, patterns and lines of the plots of firmware and manufacturers mean."""


def render_fleet_page(run: FleetRun) -> str:
    """The run as one page of HTML in plain ASCII, ended by a line feed."""
    style = asset("page.css") + asset("fleet.css")
    return Template(asset("fleet.html")).substitute(
        policy=content_policy(style),
        style=style,
        version=html_text(__version__),
        title=html_text(_sentence(verdict(run))),
        about=_about(run),
        patterns=PATTERNS,
        alarm=_alarms(run),
        tally=_tally(run),
        problems=_problems(run),
        results="\n".join(_results(run)),
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- the head --------------------------------------------------------------------------------------------------------


def _about(run: FleetRun) -> str:
    since = f" Reads from {run.since_time} on." if run.since_time else ""
    told = f"Release {run.release}. The newest read of each device counts.{since} {_sentence(engine_words(run))}."
    return f'<p class="remark">{html_text(told)}</p>'


def _alarms(run: FleetRun) -> str:
    """Which firmware is wrong, as the first thing that is seen; that none is; or that nobody says."""
    makers = unexplained(run)
    found = [("Wrong: firmware", one, run.firmwares) for one in standing_out(run.firmwares)]
    found += [("Wrong: devices of", one, makers) for one in standing_out(makers)]
    if found:
        told = [_alarm(*one) for one in found[:MOST_ALARMS]]
        left = len(found) - len(told)
        more = f'<p class="told">{left:,} more stand out: see the plots.</p>' if left else ""
        return f'<div class="alarms" role="list">{"".join(told)}</div>{more}'
    if not run.values:
        return _notice("open", "Nothing was judged", "What was not looked at, and why, stands below.")
    if not run.wrong:
        return _notice("calm", "No violation", f"{counted(run.values, 'value')} were judged.")
    if len(run.firmwares) < 2:
        known = "all devices have one firmware" if run.firmwares else "the files do not say which firmware a device has"
        return _notice("open", "Which firmware is wrong cannot be told", f"{_sentence(known)}.")
    return _notice("open", "No firmware stands out", "All are wrong about as often as the others.")


def _notice(kind: str, title: str, text: str) -> str:
    return (
        f'<div class="alarms"><div class="alarm {kind}"><h2>{html_text(title)}</h2><p>{html_text(text)}</p></div></div>'
    )


def _alarm(what: str, one: Ranked, groups: Sequence[FleetGroup]) -> str:
    group = one.group
    elsewhere = "" if one.elsewhere is None else f"; {share_of(one.elsewhere)} elsewhere"
    figure = f"{share(group.wrong, group.devices)}: {group.wrong:,} of {counted(group.devices, 'device')}{elsewhere}"
    ordered = items_standing_out(group, groups)
    items = "".join(f"<li><code>{html_text(item)}</code> {count:,}</li>" for item, count in ordered[:MOST_ALARM_ITEMS])
    left = len(ordered) - MOST_ALARM_ITEMS
    more = f"<li>and {counted(left, 'item')} more</li>" if left > 0 else ""
    return (
        f'<div class="alarm" role="listitem"><h2><span class="mark" aria-hidden="true">&#x2715;</span> '
        f"{html_text(f'{what} {group_name(group)}')}</h2>"
        f'<p class="figure">{html_text(figure)}</p><ul class="items">{items}{more}</ul></div>'
    )


def _tally(run: FleetRun) -> str:
    left_out = sum(count for _, count, _ in run.set_aside)
    rows = (
        ("", run.devices, "device", "devices", ""),
        ("error" if run.wrong else "", run.wrong, "with a violation", "with a violation", "&#x2715;"),
        ("", run.clean, "clean", "clean", ""),
        ("", run.violations, "value with a finding", "values with a finding", ""),
        ("warning", left_out, "row left out", "rows left out", "&#x25B2;"),
    )
    return "\n".join(
        f'<div class="count {kind}{"" if number else " none"}"><dd>{number:,}</dd>'
        f"<dt>{_mark(mark)}{one if number == 1 else many}</dt></div>"
        for kind, number, one, many, mark in rows
    )


def _mark(mark: str) -> str:
    return f'<span class="mark" aria-hidden="true">{mark}</span> ' if mark else ""


def _problems(run: FleetRun) -> str:
    found = [one for one in run.sources if one.problem]
    if not found:
        return ""
    shown = found[:MOST_PROBLEMS]
    told = "".join(f"<li><code>{html_text(one.path)}</code> {html_text(one.problem)}</li>" for one in shown)
    left = len(found) - len(shown)
    told += f"<li>and {left:,} more</li>" if left else ""
    return (
        '<section class="problems" aria-label="Files that could not be read"><h2>Could not be read</h2>'
        f"<ul>{told}</ul></section>"
    )


# --- the results -----------------------------------------------------------------------------------------------------


def _results(run: FleetRun) -> Iterator[str]:
    if run.wrong:
        yield from _groups(run)
        yield _section(
            "Which item",
            "Share of the values of each item that have a finding.",
            bars_table(
                item_bars(by_share(run.columns)),
                ("item", "share of values", "values with a finding", "what is permitted"),
                "Items with violations, the most first.",
            ),
        )
        yield _section("When", "", over_time(run.days))
    yield _section("What is wrong", _findings_words(run), entries(run))
    yield from _distributions(run)
    if run.since is not None:
        yield _section("Since the earlier run", "", since_table(run.since))
    if run.drifts:
        told = "Devices that hold another value than the one that a device leaves the factory with."
        yield _section("Defaults", told, drift_table(run.drifts))
    yield _section("What was looked at", "", looked_at_section(run))


def _section(title: str, told: str, content: str) -> str:
    if not content:
        return ""
    words = f'<p class="told">{html_text(told)}</p>' if told else ""
    return f'<section aria-label="{html_text(title)}"><h2>{html_text(title)}</h2>{words}{content}</section>'


def _groups(run: FleetRun) -> Iterator[str]:
    for title, what, groups in (
        ("Which firmware", "firmware", run.firmwares),
        ("Which manufacturer", "manufacturer", run.manufacturers),
    ):
        titles = (what, "share of devices with a violation", "devices with a violation", "of which items")
        caption = f"By {what}: what lies far above the others is marked and comes first."
        yield _section(title, "", bars_table(group_bars(groups), titles, caption, keys=GROUP_KEYS))


def _findings_words(run: FleetRun) -> str:
    more = f"; {counted(run.more_findings, 'rarer value')} with a finding in the list of violations"
    told = f"{counted(len(faults(run)), 'finding')}, each told as gbcscheck device tells it"
    return f"{told}{more if run.more_findings else ''}."


def _distributions(run: FleetRun) -> Iterator[str]:
    shown = [(one, distribution_plot(one)) for one in run.distributions[:MOST_DISTRIBUTIONS]]
    drawn = "".join(
        f'<div class="plot" role="group" aria-label="{html_text(one.item)}"><h3>{html_text(one.item)}</h3>{plot}</div>'
        for one, plot in shown
        if plot
    )
    left = len(run.distributions) - len(shown)
    more = f" {left:,} more items are in the JSON summary." if left else ""
    content = f'<div class="distributions">{drawn}</div>' if drawn else ""
    yield _section("Which values", f"How the values of each item are spread over the fleet.{more}", content)
