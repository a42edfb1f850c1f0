"""Run the analysis in a helper process, so that no key press waits for it.

A thread in the reader's own process would hold the interpreter for up to a second at a time; a process of its own, at a
lower priority, does not.
"""

import asyncio
import sys
from collections.abc import Callable

import msgspec

from tui.analysis.findings import Findings

_LINE_LIMIT = 1 << 28  # bytes; findings come as one line


class AnalysisFailed(Exception):
    """The helper died or refused; the message is one line."""


class _Message(msgspec.Struct):
    progress: float | None = None
    so_far: Findings | None = None
    findings: Findings | None = None
    error: str | None = None


async def analyse_beside(
    text: str, model: str, progressed: Callable[[float], None], so_far: Callable[[Findings], None]
) -> Findings:
    """The findings of `text`, by a helper process; `progressed` is told the share done, 0 to 1.

    `so_far` gets the findings of a long text's first part, again and again as it grows.

    Raises `AnalysisFailed`. When cancelled, the helper is ended.
    """
    helper = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tui.analysis",
        "--model",
        model,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=_LINE_LIMIT,
    )
    assert helper.stdin is not None
    assert helper.stdout is not None
    try:
        helper.stdin.write(text.encode())
        helper.stdin.close()
        async for line in helper.stdout:
            message = msgspec.json.decode(line, type=_Message)
            if message.findings is not None:
                return message.findings
            if message.error is not None:
                raise AnalysisFailed(f"the analysis failed: {message.error}")
            if message.so_far is not None:
                so_far(message.so_far)
            else:
                progressed(message.progress or 0.0)
        raise AnalysisFailed(f"the analysis ended without findings (status {await helper.wait()})")
    except (OSError, msgspec.DecodeError) as error:
        raise AnalysisFailed(f"the analysis broke off: {error}") from error
    finally:
        if helper.returncode is None:
            helper.kill()
            await helper.wait()
