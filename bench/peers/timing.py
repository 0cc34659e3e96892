"""What the scripts of this folder share: one thread, CPU time, one JSON object per line of output."""

import json
import os
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")


def emit(work, who, value, unit, note=""):
    """One measurement; `work` is the key under which bench/peers.ts finds our own figure."""
    print(json.dumps({"work": work, "who": who, "value": value, "unit": unit, "note": note}), flush=True)


def lacks(what, remedy):
    """Says what part of this script cannot run."""
    print(json.dumps({"missing": what, "remedy": remedy}), flush=True)


def missing(what, remedy):
    """Says why this script cannot run, and ends it."""
    lacks(what, remedy)
    sys.exit(0)


def cpu_seconds(work):
    """CPU seconds of one call, all threads of this process, and its result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def microseconds(work, seconds=1.0):
    """Median CPU time of one call in microseconds, after one call to warm up."""
    work()
    times = []
    end = time.monotonic() + seconds
    while len(times) < 5 or time.monotonic() < end:
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1e6)
    return sorted(times)[len(times) // 2]


def microseconds_per_step(environment, actions, seconds):
    """CPU time of one step of a Gymnasium environment; the actions are taken over and over, episodes begin anew."""
    steps = 0
    start = time.process_time()
    while time.process_time() - start < seconds:
        for action in actions:
            _, _, terminated, truncated, _ = environment.step(action)
            if terminated or truncated:
                environment.reset()
        steps += len(actions)
    return (time.process_time() - start) * 1e6 / steps
