"""The claims of all articles are compared in a process of its own, which gives way to others."""

import asyncio
import sys
from contextlib import suppress
from pathlib import Path

from pullquote.analysis.beside import environment

_PLACE = Path(__file__).parent  # only the one who installed us writes in it


async def relate_beside(library: Path) -> bool:
    """Compare what waits in the library of that file; whether it could be done.

    Cancelled, the process is ended: what it has found so far is kept.
    """
    command = (sys.executable, "-P", "-m", "pullquote.library.relating", str(library.absolute()))
    nothing = asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            cwd=_PLACE,
            env=environment(),
        )
    except OSError:
        return False
    try:
        return await process.wait() == 0
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
