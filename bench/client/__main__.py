"""The load, in a process of its own: `python -m bench.client NAME`, a plan as one line of JSON on its input. It answers in lines of
JSON, and waits for a line where the measure has something to read first."""

import asyncio
import json
import sys

import uvloop

from bench.client import commands, everybody, fanout, storm

PROGRAMS = {
    "fanout": fanout.fanout,
    "commands": commands.commands,
    "beat": commands.beat,
    "hold": commands.hold,
    "everybody": everybody.everybody,
    "storm": storm.storm,
}


def say(words: dict) -> None:
    print(json.dumps(words), flush=True)


async def go() -> None:
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)


if __name__ == "__main__":
    program = PROGRAMS[sys.argv[1]]
    uvloop.run(program(json.loads(sys.stdin.readline()), say, go))
