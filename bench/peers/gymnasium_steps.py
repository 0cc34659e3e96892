"""Steps per CPU-second of Gymnasium's CartPole-v1 under random actions."""

import time

from timing import emit, microseconds_per_step, missing

try:
    import gymnasium
    import numpy
except ImportError as error:
    missing(str(error), "pip install gymnasium")


def scalar(seconds):
    environment = gymnasium.make("CartPole-v1")
    environment.reset(seed=0)
    actions = numpy.random.default_rng(0).integers(0, 2, 4096).tolist()
    return 1e6 / microseconds_per_step(environment, actions, seconds)


def vector(count, seconds):
    environments = gymnasium.make_vec("CartPole-v1", num_envs=count, vectorization_mode="vector_entry_point")
    environments.reset(seed=0)
    actions = numpy.random.default_rng(0).integers(0, 2, (256, count))
    steps = 0
    start = time.process_time()
    while time.process_time() - start < seconds:
        for action in actions:
            environments.step(action)
        steps += actions.size
    return steps / (time.process_time() - start)


version = gymnasium.__version__
emit("cartpole steps", f"Gymnasium {version}, make()", scalar(2) / 1e6, "M steps/s")
emit("cartpole steps", f"Gymnasium {version}, 64 in CartPoleVectorEnv", vector(64, 2) / 1e6, "M steps/s")
