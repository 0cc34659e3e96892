"""Records test/golden/gymnasium-1.3.0-one-step.json, -toy-text.json and -walker.json with the real Gymnasium.

    python python/record_golden.py test/golden

One step: float64 states, random within bounds, with the state after one step. Toy text: episodes of 60 steps under random
actions (action space seeded like the environment), with every observation, also those after a reset. Walker: BipedalWalker
on pybox2d 2.3.10, random actions.
"""

import json
import sys
from pathlib import Path

import gymnasium
import numpy

BOUNDS = {
    "CartPole-v1": [2.3, 2, 0.2, 2],
    "MountainCar-v0": [0.55, 0.07],
    "MountainCarContinuous-v0": [0.5, 0.07],
    "Acrobot-v1": [numpy.pi, numpy.pi, 12, 28],
    "Pendulum-v1": [9, 8],
}
TOYS = [
    ("FrozenLake-v1", {}),
    ("FrozenLake8x8-v1", {}),
    ("FrozenLake-v1", {"is_slippery": False}),
    ("FrozenLake-v1", {"success_rate": 0.75}),
    ("CliffWalking-v1", {}),
    ("CliffWalking-v1", {"is_slippery": True}),
]


def one_step(name, bounds, count=40):
    chance = numpy.random.default_rng(7)
    environment = gymnasium.make(name).unwrapped
    rows = []
    for _ in range(count):
        environment.reset(seed=0)
        state = chance.uniform(-numpy.array(bounds), bounds)
        if name == "MountainCarContinuous-v0":
            state = state.astype(numpy.float32)
        if isinstance(environment.action_space, gymnasium.spaces.Discrete):
            action = int(chance.integers(environment.action_space.n))
        else:
            action = (1.3 * environment.action_space.high * chance.uniform(-1, 1, 1)).astype(numpy.float32)
        environment.state = state.copy()
        _, reward, terminated, _, _ = environment.step(action)
        rows.append(
            {
                "state": [float(x) for x in state],
                "action": action if isinstance(action, int) else float(action[0]),
                "next": [float(x) for x in environment.state],
                "reward": float(reward),
                "terminated": bool(terminated),
            }
        )
    return rows


def toy(name, options, seed, steps=60):
    environment = gymnasium.make(name, **options)
    observation, _ = environment.reset(seed=seed)
    environment.action_space.seed(seed)
    episode = {"seed": seed, "obs": [int(observation)], "act": [], "rew": [], "done": [], "prob": []}
    for _ in range(steps):
        action = int(environment.action_space.sample())
        observation, reward, terminated, truncated, info = environment.step(action)
        episode["act"].append(action)
        episode["obs"].append(int(observation))
        episode["rew"].append(float(reward))
        episode["done"].append(2 * int(terminated) + int(truncated))
        episode["prob"].append(float(info["prob"]))
        if terminated or truncated:
            episode["obs"].append(int(environment.reset()[0]))
    return episode


def walker(seed, steps=30):
    environment = gymnasium.make("BipedalWalker-v3")
    observation, _ = environment.reset(seed=seed)
    environment.action_space.seed(seed)
    episode = {"seed": seed, "obs": [observation.tolist()], "act": [], "rew": []}
    for _ in range(steps):
        action = environment.action_space.sample()
        observation, reward, terminated, _, _ = environment.step(action)
        episode["act"].append(action.tolist())
        episode["obs"].append(observation.tolist())
        episode["rew"].append(float(reward))
        if terminated:
            break
    return episode


def write(file, value):
    file.write_text(json.dumps(value, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    write(folder / "gymnasium-1.3.0-one-step.json", {name: one_step(name, bounds) for name, bounds in BOUNDS.items()})
    toys = [{"id": name, "options": options, "episodes": [toy(name, options, seed) for seed in (0, 1, 2**40 + 3)]} for name, options in TOYS]
    write(folder / "gymnasium-1.3.0-toy-text.json", toys)
    write(folder / "gymnasium-1.3.0-walker.json", [walker(seed) for seed in range(5)])
