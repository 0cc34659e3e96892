"""Runs Gymnasium's own check_env on environments of hqnas.

    HQNAS="node dist/cli/main.js" python python/check_environments.py [id ...]
"""

import sys
import warnings

from gymnasium.utils.env_checker import check_env
from hqnas_gymnasium import HqnasEnvironment

IDS = [
    "acrobot/v1",
    "bipedal-walker/hardcore-v3",
    "bipedal-walker/v3",
    "cartpole/v1",
    "cliff-walking/v1",
    "echo/v1",
    "frozen-lake/8x8-v1",
    "frozen-lake/v1",
    "lunar-lander/continuous-v3",
    "lunar-lander/v3",
    "mountain-car/continuous-v0",
    "mountain-car/v0",
    "pendulum/v1",
]

failed = False
for id in sys.argv[1:] or IDS:
    environment = HqnasEnvironment(id, render_mode="rgb_array")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            check_env(environment, skip_render_check=True, skip_close_check=True)
            verdict = "passed"
        except Exception as error:
            failed = True
            verdict = f"FAILED: {type(error).__name__}: {error}"
    environment.close()
    print(f"{id}: {verdict}, {len(caught)} warnings", flush=True)
sys.exit(1 if failed else 0)
