"""CleanRL's own ppo.py with its own settings on CartPole-v1, 500,000 steps: CPU seconds of the process."""

import os
import resource
import subprocess
import sys
import tempfile

from timing import emit, missing

folder = os.environ.get("CLEANRL")
script = None if folder is None else os.path.join(os.path.abspath(folder), "cleanrl", "ppo.py")
if script is None or not os.path.exists(script):
    missing("CleanRL's sources", "git clone https://github.com/vwxyzjn/cleanrl and set CLEANRL to that folder")
try:
    import gymnasium  # noqa: F401
    import tensorboard  # noqa: F401
    import torch
    import tyro  # noqa: F401
except ImportError as error:
    missing(str(error), "pip install torch gymnasium tyro tensorboard")


def children_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


with tempfile.TemporaryDirectory() as runs:
    start = children_seconds()
    subprocess.run(
        [sys.executable, script, "--no-cuda", "--seed", "1"], cwd=runs, check=True, stdout=subprocess.DEVNULL
    )
    emit(
        "ppo cleanrl 500k",
        f"CleanRL ppo.py, torch {torch.__version__}",
        children_seconds() - start,
        "s",
        "with interpreter start; no evaluation",
    )
