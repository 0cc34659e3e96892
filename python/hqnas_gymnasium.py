"""Environments of hqnas as Gymnasium environments, each in a Node process of its own.

    from hqnas_gymnasium import make
    environment = make("cartpole/v1")

`hqnas` must be on the path, or HQNAS must name the command ("npx hqnas", "node dist/cli/main.js"). Needs gymnasium and numpy.
"""

import json
import os
import shlex
import struct
import subprocess

import gymnasium
import numpy

RESET, STEP, RENDER, ANSWER = 2, 3, 4, 100


class HqnasError(RuntimeError):
    """What the Node side refused; `code` is that of docs/errors.md."""

    def __init__(self, code, message):
        super().__init__(f"{message} [{code}]")
        self.code = code


class HqnasEnvironment(gymnasium.Env):
    metadata = {"render_modes": ["rgb_array"], "render_fps": 30}

    def __init__(self, id, options=None, render_mode=None, command=None):
        command = shlex.split(command or os.environ.get("HQNAS", "hqnas"))
        arguments = [*command, "serve-env", id, "--options", json.dumps(options or {})]
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        description = json.loads(self._receive())
        self.observation_space = _space(description["observation"])
        self.action_space = _space(description["action"])
        self.limit = description["limit"]
        self.threshold = description["threshold"]
        self.metadata = {**self.metadata, "render_fps": description["framesPerSecond"]}
        self.render_mode = render_mode

    def reset(self, *, seed=None, options=None):
        # Gymnasium's own generator is seeded as well: it draws nothing here, but checks look at it.
        super().reset(seed=seed)
        request = {"options": options or {}}
        if seed is not None:
            request["seed"] = seed
        return self._observation(self._ask(RESET, json.dumps(request).encode())), {}

    def step(self, action):
        numbers = numpy.asarray(action, dtype="<f4").reshape(-1)
        answer = self._ask(STEP, numbers.tobytes())
        reward, terminated, truncated = struct.unpack_from("<dBB", answer)
        return self._observation(answer[10:]), reward, bool(terminated), bool(truncated), {}

    def render(self):
        if self.render_mode is None:
            return None
        answer = self._ask(RENDER, b"")
        width, height = struct.unpack_from("<II", answer)
        return numpy.frombuffer(answer, "u1", offset=8).reshape(height, width, 3)

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            self.process.wait()
            self.process.stdout.close()

    def _observation(self, data):
        if isinstance(self.observation_space, gymnasium.spaces.Discrete):
            return int(struct.unpack("<f", data)[0])
        return numpy.frombuffer(data, "<f4").copy()

    def _ask(self, kind, payload):
        self.process.stdin.write(struct.pack("<IB", len(payload), kind) + payload)
        self.process.stdin.flush()
        return self._receive()

    def _receive(self):
        length, kind = struct.unpack("<IB", self._read(5))
        payload = self._read(length)
        if kind == ANSWER:
            return payload
        facts = json.loads(payload)
        raise HqnasError(facts["code"], facts["message"])

    def _read(self, length):
        data = self.process.stdout.read(length)
        if len(data) < length:
            raise HqnasError("ended", f"the hqnas process ended with status {self.process.wait()}")
        return data


def _space(description):
    if description["kind"] == "discrete":
        return gymnasium.spaces.Discrete(description["n"], start=description["start"])
    bounds = [numpy.array([float(x.replace("Infinity", "inf")) for x in description[name]], numpy.float32) for name in ("low", "high")]
    return gymnasium.spaces.Box(*bounds, dtype=numpy.float32)


def make(id, options=None, render_mode=None, command=None):
    """An environment with its time limit, as `gymnasium.make` would give it."""
    environment = HqnasEnvironment(id, options, render_mode, command)
    if environment.limit is None:
        return environment
    return gymnasium.wrappers.TimeLimit(environment, environment.limit)
