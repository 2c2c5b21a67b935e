"""The load's process as a measure sees it."""

import json
import subprocess
import sys


class Load:
    """A running `python -m bench.client`, or another program that speaks the same lines."""

    def __init__(self, name: str, plan: dict, *, command: list[str] | None = None):
        self._process = subprocess.Popen(
            [*(command or [sys.executable, "-m", "bench.client"]), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._write(json.dumps(plan))

    def _write(self, line: str) -> None:
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def said(self) -> dict:
        """The next thing that it says."""
        line = self._process.stdout.readline()
        if not line:
            raise AssertionError(f"the load ended: {self._process.wait()}")
        return json.loads(line)

    def go(self) -> None:
        self._write("go")

    def __enter__(self):
        return self

    def __exit__(self, *_how):
        self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
