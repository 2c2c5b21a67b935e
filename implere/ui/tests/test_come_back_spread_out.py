"""A room of phones that lost the server at once does not come back at once."""

import json
import subprocess
from pathlib import Path

UI = Path(__file__).parents[1]
NODE = UI.parents[1] / ".venv/bin/node"
PROGRAM = """
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
const { transformSync } = createRequire(process.argv[1])("esbuild");
const { code } = transformSync(readFileSync(process.argv[2], "utf8"), { loader: "ts" });
const { pauseBefore } = await import("data:text/javascript," + encodeURIComponent(code));
const rooms = [[0, 3000], [0, 1000], [3, 1000], [9, 1000], [4000, 1000]];
console.log(JSON.stringify(rooms.map(([tries, first]) => Array.from({ length: 1000 }, () => pauseBefore(tries, first)))));
"""


def test_a_thousand_phones_come_back_spread_out():
    script = [
        "--input-type=module",
        "-e",
        PROGRAM,
        str(UI.parents[1] / "package.json"),
        str(UI / "ts/pause.ts"),
    ]
    answer = subprocess.run([NODE, *script], capture_output=True, text=True, check=True)
    announced, at_once, fourth, tenth, late = json.loads(answer.stdout)
    for pauses, longest in (
        (announced, 3000),
        (at_once, 1000),
        (fourth, 8000),
        (tenth, 30_000),
        (late, 30_000),
    ):
        tenths = [0] * 10
        for pause in pauses:
            assert 0 <= pause < longest
            tenths[int(10 * pause / longest)] += 1
        # 100 in each tenth of the time is even; 50 away from that is more than five standard deviations.
        assert min(tenths) > 50
        assert max(tenths) < 150
