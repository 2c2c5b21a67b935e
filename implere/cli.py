"""The command line: `implere run | check | seed | import FILE | export MEETING | backup | verify FILE | restore FILE`."""

import argparse
import json
import os
import sys
from pathlib import Path

import django
from django.conf import settings

from implere import backup, moving
from implere import configuration as configurations
from implere.configuration import SETTINGS, ConfigurationError, hold, prepare, read


class Failure(Exception):
    """What went wrong, in one sentence; the command ends with it."""


def main(arguments=None) -> int:
    options = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "implere.settings")
    try:
        return options.command(options) or 0
    except (Failure, ConfigurationError, backup.BackupError, moving.MoveError) as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="implere",
        description="From strategy to daily practice, live, with everybody taking part.",
        epilog="Settings: " + "; ".join(f"{name}: {meaning}" for name, meaning in SETTINGS.items()),
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="serve the program")
    run.add_argument(
        "--example", action="store_true", help="with an example organisation, and print its addresses"
    )
    run.set_defaults(command=run_server)
    check = commands.add_parser("check", help="say what is wrong with the configuration, in words")
    check.set_defaults(command=check_configuration)
    seed = commands.add_parser("seed", help="make the example organisation")
    seed.set_defaults(command=seed_example)
    bring = commands.add_parser("import", help="bring in a list of initiatives, or an exported meeting")
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument(
        "--dry-run", action="store_true", help="print what would be read, as JSON, and change nothing"
    )
    bring.add_argument("--cycle", help="the id of the cycle that the list is brought into")
    bring.set_defaults(command=import_file)
    back = commands.add_parser("backup", help="back the database up into one file, while the program runs")
    back.add_argument("--to", type=Path, help="a file; else one in the data folder's backups")
    back.set_defaults(command=back_up)
    verify = commands.add_parser("verify", help="check that a backup is whole")
    verify.add_argument("file", type=Path, metavar="FILE")
    verify.set_defaults(command=verify_backup)
    restore = commands.add_parser("restore", help="put a backup in the database's place")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.set_defaults(command=restore_backup)
    move = commands.add_parser("move", help="carry everything to another database")
    move.add_argument("to", metavar="DATABASE", help="an empty one: postgresql://…, or a new file for SQLite")
    move.set_defaults(command=move_database)
    export = commands.add_parser("export", help="write all of a meeting as JSON")
    export.add_argument("meeting", metavar="MEETING", help="the meeting's id or code")
    export.add_argument("--to", type=Path, help="a file; else standard output")
    export.set_defaults(command=export_meeting)
    return parser


def _start() -> None:
    """The data folder, the database and Django, ready. An older database is backed up before it is brought up to date."""
    configuration = read()
    prepare(configuration)
    django.setup()
    from implere.upgrading import bring_up_to_date

    bring_up_to_date(configuration)


def run_server(options) -> None:
    configuration = read()
    prepare(configuration)
    django.setup()
    from implere import rooms, server
    from implere.accounts.first import first_words
    from implere.meetings.commands.joining import nobody_is_here, note_presences

    try:
        server.refuse_taken_port(configuration.host, configuration.port)
    except server.PortTaken as taken:
        raise Failure(str(taken)) from None
    with hold(configuration):
        _start()
        nobody_is_here()
        lines = _example_lines(configuration) if options.example else first_words(configuration)
        server.serve(
            configuration.host,
            configuration.port,
            render=rooms.render_event,
            presence=note_presences,
            chores=rooms.run_chores,
            when_ready=lambda: print(*lines, sep="\n", flush=True),
        )


def _example_lines(configuration) -> list[str]:
    from implere.example import addresses, seed

    seed()
    return addresses(configuration)


def check_configuration(options) -> int:
    django.setup()
    from implere.checking import faults, remarks

    configuration = read()
    found = faults(configuration)
    for sentence in remarks(configuration) + found:
        print(sentence)
    if not found:
        print("Everything is in order.")
    return 1 if found else 0


def seed_example(options) -> None:
    _start()
    from implere.example import seed

    print("The example organisation was made." if seed() else "The example organisation is there already.")


def import_file(options) -> None:
    if not options.file.is_file():
        raise Failure(f"There is no file {options.file}.")
    data = options.file.read_bytes()
    settings.configured or django.setup()
    if data.lstrip()[:1] == b"{":
        return _import_meeting(data, options)
    from implere.initiatives.bringing import preview
    from implere.initiatives.bringing.files import Unreadable

    try:
        found = preview.read(data, options.file.name)
    except Unreadable as unreadable:
        raise Failure(str(unreadable)) from None
    if options.dry_run:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
        return None
    _start()
    from implere.initiatives.commands import bring
    from implere.initiatives.models import Cycle

    cycle = Cycle.objects.filter(pk=options.cycle).first() if options.cycle else Cycle.objects.first()
    if cycle is None:
        raise Failure("There is no such cycle. Make one first, and give its id with --cycle.")
    brought = bring(cycle, found, name=options.file.name)
    print(f"{brought.initiatives.count()} initiatives were brought into {cycle}.")
    return None


def _import_meeting(data: bytes, options) -> None:
    _start()
    from implere.reports.exchange import NotAMeeting, restore

    try:
        meeting = restore(json.loads(data))
    except NotAMeeting as damage:
        raise Failure(str(damage)) from None
    except ValueError:
        raise Failure(f"{options.file} is not whole: it is no JSON that can be read.") from None
    print(f"The meeting {meeting} was read in.")


def export_meeting(options) -> None:
    _start()
    from implere.meetings.models import Meeting
    from implere.reports.exchange import export

    wanted = options.meeting.replace(" ", "")
    found = Meeting.objects.filter(code=wanted.upper()).first() or (
        Meeting.objects.filter(pk=wanted).first() if len(wanted) == 36 else None
    )
    if found is None:
        raise Failure(f"There is no meeting {options.meeting}.")
    text = json.dumps(export(found), ensure_ascii=False, indent=1)
    if options.to is None:
        print(text)
        return
    try:
        options.to.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Failure(f"{options.to} can't be written: {error.strerror}.") from None


def back_up(options) -> None:
    configuration = read()
    to = options.to or backup.new_name(configuration.data, "backup")
    django.setup()
    manifest = backup.make(configuration, to)
    print(f"{to} holds {sum(manifest['counts'].values())} rows.")


def verify_backup(options) -> None:
    manifest = backup.verify(options.file)
    print(f"{options.file} is whole: made {manifest['made_at']}, {sum(manifest['counts'].values())} rows.")


def move_database(options) -> None:
    configuration = read()
    django.setup()
    if options.to.startswith("postgres"):
        to = configurations.postgresql(configurations.parameters(options.to))
    else:
        to = configurations.sqlite(_new_file(Path(options.to)))
    with hold(configuration), moving.opened(to) as target:
        counts = moving.move("default", target)
    print(f"{sum(counts.values())} rows of {len(counts)} tables were moved, and are the same in both places.")


def _new_file(file: Path) -> Path:
    if file.exists():
        raise Failure(f"{file} exists already: give another name.")
    return file


def restore_backup(options) -> None:
    configuration = read()
    prepare(configuration)
    with hold(configuration):
        django.setup()
        kept = backup.restore(options.file, configuration)
        _start()
        from implere.meetings.anonymity import renew_keys

        renew_keys()
    print(f"{options.file} is in place." + (f" What was there before is in {kept}." if kept else ""))


if __name__ == "__main__":
    sys.exit(main())
