"""Steps Gymnasium's environments in slices, so that bench/gymnasium-ratios.ts can take turns with it.

Reads lines "ID SECONDS" and answers each with a line of JSON: microseconds of CPU time per step with random actions, or what
is missing. Environments stay open between slices.
"""

import json
import sys

import gymnasium
from timing import microseconds_per_step

BLOCK = 256
made = {}


def open_environment(name):
    environment = gymnasium.make(name)
    environment.action_space.seed(0)
    environment.reset(seed=0)
    return environment, [environment.action_space.sample() for _ in range(BLOCK)]


print(json.dumps({"version": gymnasium.__version__}), flush=True)
for line in sys.stdin:
    name, seconds = line.split()
    try:
        if name not in made:
            made[name] = open_environment(name)
        answer = {"microseconds": microseconds_per_step(*made[name], float(seconds))}
    except Exception as error:  # such as Box2D that is not installed
        answer = {"missing": str(error).strip().split("\n")[-1]}
    print(json.dumps(answer), flush=True)
