"""Steps Gymnasium environments for hqnas: messages on standard input and output, numbers as raw little-endian arrays.

A message is the length of its payload (32 bits), its kind (8 bits) and the payload. What environments print goes to
standard error. Needs gymnasium and numpy alone.
"""

import importlib
import json
import os
import struct
import sys

PROTOCOL = 1
MAKE, RESET, STEP, RENDER = 1, 2, 3, 4
ANSWER, ERROR = 100, 255

source = sys.stdin.buffer
sink = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)  # whatever is printed must not get between messages


class Refusal(Exception):
    """Something that the other side can do something about; has a code."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def describe(space, spaces):
    if isinstance(space, spaces.Discrete):
        return {"kind": "discrete", "n": int(space.n), "start": int(space.start)}
    if isinstance(space, spaces.Box):
        return {"kind": "box", "low": bounds(space.low), "high": bounds(space.high)}
    return None


def bounds(values):
    """As text: JSON knows no infinity."""
    return [repr(float(value)) for value in values.reshape(-1)]


class Bridge:
    def __init__(self):
        self.environments = []

    def make(self, payload):
        import gymnasium
        import numpy

        self.numpy = numpy
        request = json.loads(payload)
        if request["protocol"] != PROTOCOL:
            raise Refusal("bridge-failed", f"protocol {request['protocol']} is asked for, this file speaks {PROTOCOL}")
        for name in request["imports"]:
            importlib.import_module(name)
        options = dict(request["options"])
        if request["limit"] is not None:
            options["max_episode_steps"] = request["limit"]
        self.autoreset = request["autoreset"]
        self.environments = [gymnasium.make(request["id"], **options) for _ in range(request["count"])]
        first = self.environments[0]
        self.flat = gymnasium.spaces.utils
        self.observation_space, self.action_space = first.observation_space, first.action_space
        observation = describe(self.observation_space, gymnasium.spaces)
        if observation is None:
            if not self.observation_space.is_np_flattenable:
                raise Refusal("bridge-spaces", f"observations of {self.observation_space} have no fixed length")
            observation = describe(self.flat.flatten_space(self.observation_space), gymnasium.spaces)
            self.observe = lambda value: self.flat.flatten(self.observation_space, value)
        else:
            self.observe = lambda value: numpy.asarray(value).reshape(-1)
        action = describe(self.action_space, gymnasium.spaces)
        if action is None:
            raise Refusal("bridge-spaces", f"actions of {self.action_space} are neither discrete nor a box")
        self.discrete = action["kind"] == "discrete"
        self.rows = 1 if observation["kind"] == "discrete" else len(observation["low"])
        count = len(self.environments)
        self.observations = numpy.zeros((count, self.rows), "<f4")
        self.finals = numpy.zeros((count, self.rows), "<f4")
        self.finished = [False] * count
        spec = first.spec
        described = {
            "observation": observation,
            "action": action,
            "threshold": None if spec is None else spec.reward_threshold,
            "versions": {"gymnasium": gymnasium.__version__, "numpy": numpy.__version__, "python": sys.version.split()[0]},
        }
        return json.dumps(described).encode()

    def reset(self, payload):
        request = json.loads(payload)
        for lane, environment in enumerate(self.environments):
            if request["mask"] is not None and not request["mask"][lane]:
                continue
            seed = None if request["seeds"] is None else request["seeds"][lane]
            self.restart(lane, environment, seed)
        return self.observations.tobytes()

    def restart(self, lane, environment, seed=None):
        self.observations[lane] = self.observe(environment.reset(seed=seed)[0])
        self.finished[lane] = False

    def step(self, payload):
        numpy = self.numpy
        count = len(self.environments)
        actions = numpy.frombuffer(payload, "<f4").reshape(count, -1)
        rewards = numpy.zeros(count, "<f8")
        flags = numpy.zeros((2, count), "u1")
        for lane, environment in enumerate(self.environments):
            if self.finished[lane] and self.autoreset == "next-step":
                self.restart(lane, environment)
                continue
            if self.discrete:
                action = int(actions[lane, 0])
            else:
                action = actions[lane].reshape(self.action_space.shape).astype(self.action_space.dtype)
            observation, reward, terminated, truncated, _ = environment.step(action)
            rewards[lane] = reward
            flags[0, lane], flags[1, lane] = terminated, truncated
            if (terminated or truncated) and self.autoreset == "same-step":
                self.finals[lane] = self.observe(observation)
                self.restart(lane, environment)
            else:
                self.observations[lane] = self.observe(observation)
                self.finished[lane] = bool(terminated or truncated)
        return b"".join([rewards.tobytes(), self.observations.tobytes(), self.finals.tobytes(), flags.tobytes()])

    def render(self, _):
        picture = self.environments[0].render()
        if getattr(picture, "ndim", 0) != 3:
            raise Refusal("bridge-spaces", "the environment gives no pictures: set render_mode to rgb_array in its options")
        height, width, _ = picture.shape
        return struct.pack("<II", width, height) + picture.astype("u1").tobytes()


def read(length):
    data = source.read(length)
    if len(data) < length:
        sys.exit(0)  # the other side has gone
    return data


def send(kind, payload):
    sink.write(struct.pack("<IB", len(payload), kind) + payload)
    sink.flush()


def main():
    bridge = Bridge()
    calls = {MAKE: bridge.make, RESET: bridge.reset, STEP: bridge.step, RENDER: bridge.render}
    while True:
        length, kind = struct.unpack("<IB", read(5))
        payload = read(length)
        try:
            if kind not in calls:
                raise Refusal("bridge-failed", f"there is no message of kind {kind}")
            send(ANSWER, calls[kind](payload))
        except Exception as error:
            code = getattr(error, "code", None)
            if not isinstance(code, str):
                code = "bridge-missing" if isinstance(error, ImportError) else "bridge-failed"
            send(ERROR, json.dumps({"code": code, "message": f"{type(error).__name__}: {error}"}).encode())


if __name__ == "__main__":
    main()
