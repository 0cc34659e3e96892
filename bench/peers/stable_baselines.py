"""Stable-Baselines3's PPO with its default settings on CartPole-v1, 100,000 steps: CPU seconds."""

from timing import cpu_seconds, emit, missing

try:
    import gymnasium
    import stable_baselines3
    import torch
except ImportError as error:
    missing(str(error), "pip install stable-baselines3")

torch.set_num_threads(1)
model = stable_baselines3.PPO("MlpPolicy", gymnasium.make("CartPole-v1"), device="cpu", seed=0)
seconds, _ = cpu_seconds(lambda: model.learn(100_000))
returns = [episode["r"] for episode in model.ep_info_buffer]
emit(
    "ppo sb3-defaults 100k",
    f"Stable-Baselines3 {stable_baselines3.__version__}, torch {torch.__version__}",
    seconds,
    "s",
    f"mean of the last {len(returns)} episodes {sum(returns) / len(returns):.0f}; no evaluation",
)
