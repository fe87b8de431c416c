"""The contestants of http-requests that run on Python; ask-all.ts is the same loop for Node's."""

import sys
from os.path import dirname

sys.dont_write_bytecode = True
sys.path.insert(0, dirname(dirname(__file__)))

from python_child import answer_as_child  # noqa: E402


def text_of(response, read):
    return response.text if read == "text" else response.json()["text"]


def one_after_another():
    """requests.get in a loop: every request opens a connection of its own."""
    import requests

    def work(job):
        return tally(text_of(requests.get(job["url"]), job["read"]) for _ in range(job["requests"]))

    return work


def with_session():
    """The same on one Session, which keeps its connection."""
    import requests

    def work(job):
        with requests.Session() as session:
            return tally(text_of(session.get(job["url"]), job["read"]) for _ in range(job["requests"]))

    return work


def with_threads():
    """A pool of threads with a Session each, as a Session is not made to be shared."""
    import requests
    from concurrent.futures import ThreadPoolExecutor
    from threading import local

    def work(job):
        own = local()

        def ask(_):
            if not hasattr(own, "session"):
                own.session = requests.Session()
            return text_of(own.session.get(job["url"]), job["read"])

        with ThreadPoolExecutor(job["concurrency"]) as pool:
            return tally(pool.map(ask, range(job["requests"])))

    return work


def with_aiohttp():
    """One ClientSession whose connector is limited to the concurrency."""
    import asyncio
    import aiohttp

    async def ask_all(job):
        left = iter(range(job["requests"]))
        texts = []

        async def worker(session):
            for _ in left:
                async with session.get(job["url"]) as response:
                    text = await (response.text() if job["read"] == "text" else response.json())
                texts.append(len(text if job["read"] == "text" else text["text"]))

        connector = aiohttp.TCPConnector(limit=job["concurrency"])
        async with aiohttp.ClientSession(connector=connector) as session:
            await asyncio.gather(*(worker(session) for _ in range(job["concurrency"])))
        return {"answers": len(texts), "characters": sum(texts)}

    return lambda job: asyncio.run(ask_all(job))


def tally(texts):
    lengths = [len(text) for text in texts]
    return {"answers": len(lengths), "characters": sum(lengths)}


answer_as_child(
    {
        "requests": one_after_another,
        "requests-session": with_session,
        "requests-threads": with_threads,
        "aiohttp": with_aiohttp,
    }
)
