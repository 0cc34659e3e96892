"""Stable-Baselines3's PPO on CartPole-v1 with RL Zoo's settings, looked at after 10,240 and 20,224 of its 100,000 steps.

    python bench/peers/stable_baselines_early.py RESULTS.jsonl SEEDS

One line per seed: mean and deviation of 100 greedy episodes from the start states of `npm run bench:learning`. Seeds that
stand in the file are not run again.
"""

import json
import os
import sys

import gymnasium
import numpy
import torch
from stable_baselines3 import PPO
from stable_baselines3.common.callbacks import BaseCallback
from stable_baselines3.common.env_util import make_vec_env

LOOKS = (10_240, 20_224)
torch.set_num_threads(1)


def linear(start):
    return lambda remaining: remaining * start


def greedy_returns(model, episodes=100):
    environments = [gymnasium.make("CartPole-v1") for _ in range(episodes)]
    observations = numpy.array([one.reset(seed=2**32 + i)[0] for i, one in enumerate(environments)])
    returns = numpy.zeros(episodes)
    running = numpy.ones(episodes, bool)
    while running.any():
        lanes = numpy.flatnonzero(running)
        actions, _ = model.predict(observations[lanes], deterministic=True)
        for lane, action in zip(lanes, actions):
            observations[lane], reward, terminated, truncated, _ = environments[lane].step(int(action))
            returns[lane] += reward
            running[lane] = not (terminated or truncated)
    return returns


class Look(BaseCallback):
    """Scores the policy right after an update; ends the training after the last look."""

    def __init__(self):
        super().__init__()
        self.scores = {}

    def _on_rollout_start(self):
        if self.num_timesteps in LOOKS:
            returns = greedy_returns(self.model)
            self.scores[self.num_timesteps] = (float(returns.mean()), float(returns.std()))

    def _on_step(self):
        return LOOKS[-1] not in self.scores


file, seeds = sys.argv[1], int(sys.argv[2])
done = {json.loads(line)["seed"] for line in open(file)} if os.path.exists(file) else set()
for seed in sorted(set(range(seeds)) - done):
    model = PPO(
        "MlpPolicy",
        make_vec_env("CartPole-v1", n_envs=8, seed=seed),
        n_steps=32,
        batch_size=256,
        n_epochs=20,
        gamma=0.98,
        gae_lambda=0.8,
        ent_coef=0.0,
        learning_rate=linear(0.001),
        clip_range=linear(0.2),
        device="cpu",
        seed=seed,
    )
    look = Look()
    model.learn(100_000, callback=look)
    with open(file, "a") as out:
        out.write(json.dumps({"seed": seed, "scores": look.scores}) + "\n")
