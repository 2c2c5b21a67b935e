"""`make bench`: ratios measured within one run, the sides by turns; each figure's median, rounds and spread go to build/bench.json.

`make bench ONLY="board_growth fanout_1000"` runs those alone (docs/developers/bench.md).
"""

import json
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from bench.sizes import ROUNDS

os.environ["IMPLERE_DATA"] = tempfile.mkdtemp(prefix="implere-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "implere.settings")


def measures() -> dict:
    """Name -> function that gives one round's figures as {figure: value}."""
    from bench import boards, commands, everybody, fanout, insight, pages, peer, storm, weight

    return {
        "board_growth": boards.growth,
        "board_open": boards.opening,
        "page_queries": pages.queries,
        "page_weight": weight.page_weight,
        "fanout_1000": fanout.fanout_1000,
        "fanout_growth": fanout.growth,
        "commands": commands.commands,
        "everybody": everybody.everybody,
        "resume_storm": storm.storm,
        "peer": peer.peer,
        "insight_page": insight.insight_page,
        "indicator_import": insight.indicator_import,
    }


def main(wanted: list[str]) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from implere.server import raise_file_limit

    raise_file_limit()  # for all that is started from here
    call_command("migrate", verbosity=0, interactive=False)
    known = measures()
    if unknown := set(wanted) - set(known):
        print(f"No such measure: {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
        return 1
    results = {}
    for name in wanted or known:
        rounds = [known[name]() for _round in range(ROUNDS)]
        results[name] = {figure: _summed_up(values) for figure, values in _by_figure(rounds).items()}
        print(name, json.dumps({f: r["median"] for f, r in results[name].items()}), flush=True)
    out = Path("build/bench.json")
    out.parent.mkdir(exist_ok=True)
    kept = json.loads(out.read_text()) if wanted and out.exists() else {}
    out.write_text(json.dumps(kept | results, indent=1))
    return 0


def _summed_up(values: list) -> dict:
    return {"median": statistics.median(values), "rounds": values, "spread": [min(values), max(values)]}


def _by_figure(rounds: list[dict]) -> dict[str, list]:
    return {figure: [each[figure] for each in rounds] for figure in rounds[0]}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    finally:
        shutil.rmtree(os.environ["IMPLERE_DATA"], ignore_errors=True)
