"""PureJaxRL's own ppo.py with CleanRL's settings on gymnax's CartPole-v1, 500,000 steps: CPU seconds, one thread."""

import os
import sys
import types

from timing import cpu_seconds, emit, missing

folder = os.environ.get("PUREJAXRL")
source = None if folder is None else os.path.join(os.path.abspath(folder), "purejaxrl")
if source is None or not os.path.exists(os.path.join(source, "ppo.py")):
    missing("PureJaxRL's sources", "git clone https://github.com/luchris429/purejaxrl and set PUREJAXRL to that folder")
sys.path.insert(0, source)
# Its wrappers import simulators that CartPole does without and that fit few versions of jax: empty modules stand in.
for name in ("brax", "brax.envs", "brax.envs.wrappers", "brax.envs.wrappers.training", "navix"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["brax"].envs = sys.modules["brax.envs"]
sys.modules["brax.envs.wrappers.training"].EpisodeWrapper = object
sys.modules["brax.envs.wrappers.training"].AutoResetWrapper = object
try:
    import jax
    from ppo import make_train
except (ImportError, AttributeError) as error:
    missing(str(error), "pip install 'jax[cpu]' flax optax distrax gymnax, in versions that fit PureJaxRL")

# The settings at the end of its ppo.py, which are CleanRL's.
config = {
    "LR": 2.5e-4,
    "NUM_ENVS": 4,
    "NUM_STEPS": 128,
    "TOTAL_TIMESTEPS": 5e5,
    "UPDATE_EPOCHS": 4,
    "NUM_MINIBATCHES": 4,
    "GAMMA": 0.99,
    "GAE_LAMBDA": 0.95,
    "CLIP_EPS": 0.2,
    "ENT_COEF": 0.01,
    "VF_COEF": 0.5,
    "MAX_GRAD_NORM": 0.5,
    "ACTIVATION": "tanh",
    "ENV_NAME": "CartPole-v1",
    "ANNEAL_LR": True,
    "DEBUG": False,
}
train = jax.jit(make_train(config))
cold, _ = cpu_seconds(lambda: jax.block_until_ready(train(jax.random.PRNGKey(0))))
warm, _ = cpu_seconds(lambda: jax.block_until_ready(train(jax.random.PRNGKey(1))))
emit("ppo cleanrl 500k", f"PureJaxRL, jax {jax.__version__}, warm", warm, "s", f"{cold:.1f} s with compilation; no evaluation")
