"""The contestants of http-websocket that run on Python."""

import sys
from os.path import dirname

sys.dont_write_bytecode = True
sys.path.insert(0, dirname(dirname(__file__)))

from python_child import answer_as_child  # noqa: E402


def with_aiohttp():
    """aiohttp's WebSocket, without compression as it comes."""
    import asyncio
    import aiohttp

    async def read(job):
        messages = 0
        size = 0
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect(job["url"]) as socket:
                async for message in socket:
                    messages += 1
                    size += len(message.data)
        return {"messages": messages, "bytes": size}

    return lambda job: asyncio.run(read(job))


answer_as_child({"aiohttp": with_aiohttp})
