"""The side of a contestant that runs on Python, as src/measure/child-process.ts and work-cost.ts are Node's."""

import json
import resource
import sys
import time


def answer_as_child(contestants):
    """Does the job named on the command line and prints the answer with this process's cost as one line of JSON.

    contestants: for each name a function without arguments that imports what it needs and returns the function that
    does the job. Imports are no part of the work, and nobody's memory may contain another's modules.
    """
    name, job = sys.argv[1], json.loads(sys.argv[2])
    work = contestants[name]()
    imported_rss_bytes = peak_rss_bytes()
    cpu_before = cpu_seconds()
    started = time.monotonic()
    answer = work(job)
    answer["seconds"] = time.monotonic() - started
    answer["workCpuSeconds"] = cpu_seconds() - cpu_before
    answer["importedRssBytes"] = imported_rss_bytes
    print(json.dumps({"answer": answer, "cpuSeconds": cpu_seconds(), "maxRssBytes": peak_rss_bytes()}))


def cpu_seconds():
    """User and system time of all threads of this process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def peak_rss_bytes():
    """The largest resident set of this process up to now.

    ru_maxrss only where there is no better: on Linux a process inherits it from the one that started it.
    """
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
