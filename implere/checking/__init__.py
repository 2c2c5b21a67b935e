"""What `implere check` looks at. Each fault is a sentence that says what to do. Nothing is changed."""

from django.core.checks import ERROR, run_checks

from implere.checking import clock, database, installation, mail, way
from implere.checking.mail import remarks

__all__ = ["faults", "remarks"]


def faults(configuration) -> list[str]:
    """The sentences for all that is wrong; empty where everything is in order."""
    checks = [
        installation.data_folder,
        installation.secret_key,
        installation.space,
        *((database.postgresql,) if configuration.postgresql else (database.sqlite, database.place)),
        clock.clock,
        database.walls,
        installation.method,
        installation.address,
        mail.server,
        installation.front_end,
        way.stream,
    ]
    found = [sentence for check in checks for sentence in check(configuration)]
    return found + [f"{fault.msg}" for fault in run_checks() if fault.level >= ERROR]
