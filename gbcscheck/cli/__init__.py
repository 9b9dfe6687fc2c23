"""The command line: arguments, exit codes, and where the output goes."""

from __future__ import annotations

from gbcscheck.cli.exit_codes import FAILED, FINDINGS, INTERRUPTED

__all__ = ["FAILED", "FINDINGS", "INTERRUPTED", "run"]


def run(argv: list[str]) -> int:
    """Run one command and return its exit code: 0, FINDINGS, FAILED or INTERRUPTED.

    Whatever is wrong with the arguments or the input is told on standard error, one message a problem.
    """
    import click

    from gbcscheck.cli.application import application
    from gbcscheck.cli.streams import prepare_streams
    from gbcscheck.errors import GbcscheckError

    prepare_streams()
    try:
        code = application.main(argv, prog_name="gbcscheck", standalone_mode=False)
    except click.ClickException as error:
        from gbcscheck.cli.terminal import print_message

        print_message(error.format_message(), hint=_hint(error))
        return FAILED
    except GbcscheckError as error:
        from gbcscheck.cli.terminal import print_problem

        print_problem(error)
        return FAILED
    except (click.Abort, KeyboardInterrupt):
        from gbcscheck.cli.streams import print_line

        print_line("interrupted")
        return INTERRUPTED
    except Exception as fault:
        if isinstance(fault, OSError) and (gone := _without_working_folder()):
            return gone
        # A fault of the program is shown in full; Python's own exit code for it, 1, would read as findings.
        import traceback

        from gbcscheck.cli.streams import print_line
        from gbcscheck.cli.terminal import print_message

        for line in traceback.format_exc().splitlines():
            print_line(line)
        print_message("this is a fault of gbcscheck and not of the input; please report it with the lines above")
        return FAILED
    return int(code or 0)


def _without_working_folder() -> int:
    """FAILED, and a message, where the working folder is gone; else 0."""
    from gbcscheck.api.given import need_working_folder
    from gbcscheck.errors import UsageError

    try:
        need_working_folder()
    except UsageError as error:
        from gbcscheck.cli.terminal import print_problem

        print_problem(error)
        return FAILED
    return 0


def _hint(error: Exception) -> str:
    """Where to read on after a wrong argument."""
    context = getattr(error, "ctx", None)
    return f"{context.command_path} --help tells more" if context is not None else ""
