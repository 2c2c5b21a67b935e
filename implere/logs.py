"""The server's log: one JSON object on each line, for machines and people, with nothing in it that somebody said or is called.

An error's own words may quote what was written, so its kind and the places in the code stand there instead. A request is known by
the pattern of its address: the address itself may hold a key.
"""

import json
import logging
import traceback
from datetime import UTC, datetime


class Lines(logging.Formatter):
    """{"at", "level", "from", "message"}, and where there was an error "error" and "where"."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": _of_request(record) or record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            kind, _error, trace = record.exc_info
            line["error"] = f"{kind.__module__}.{kind.__qualname__}"
            line["where"] = [
                f"{f.filename.rpartition('/implere/')[2]}:{f.lineno}" for f in traceback.extract_tb(trace)
            ]
        return json.dumps(line, ensure_ascii=False)


def _of_request(record: logging.LogRecord) -> str:
    """ "POST m/<uuid:meeting_id>/… 500" for what Django logs of a request, else ""."""
    request = getattr(record, "request", None)
    if not hasattr(request, "method"):
        return ""
    match = getattr(request, "resolver_match", None)
    return f"{request.method} {match.route if match else '?'} {getattr(record, 'status_code', '')}".strip()
