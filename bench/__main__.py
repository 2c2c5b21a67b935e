"""`make bench`: ratios measured within one run, median of three, written to build/bench.json.

`make bench ONLY="board_growth stream"` runs those alone.
"""

import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

os.environ["IMPLERE_DATA"] = tempfile.mkdtemp(prefix="implere-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "implere.settings")

ROUNDS = 3


def measures() -> dict:
    """Name -> function that gives one round's figures as {figure: value}."""
    from bench import boards, pages, stream, weight

    return {
        "board_growth": boards.growth,
        "board_open": boards.opening,
        "page_queries": pages.queries,
        "page_weight": weight.page_weight,
        "stream": stream.stream,
    }


def main(wanted: list[str]) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    known = measures()
    if unknown := set(wanted) - set(known):
        print(f"No such measure: {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
        return 1
    results = {}
    for name in wanted or known:
        rounds = [known[name]() for _round in range(ROUNDS)]
        results[name] = {
            figure: {"median": statistics.median(values), "rounds": values}
            for figure, values in _by_figure(rounds).items()
        }
        print(name, json.dumps({f: r["median"] for f, r in results[name].items()}), flush=True)
    out = Path("build/bench.json")
    out.parent.mkdir(exist_ok=True)
    kept = json.loads(out.read_text()) if wanted and out.exists() else {}
    out.write_text(json.dumps(kept | results, indent=1))
    return 0


def _by_figure(rounds: list[dict]) -> dict[str, list]:
    return {figure: [each[figure] for each in rounds] for figure in rounds[0]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
