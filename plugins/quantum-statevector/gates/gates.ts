import { CNOT, CZ, H, S, SWAP, T, X, Y, Z } from './fixed-gates.js';
import type { GateDefinition } from './gate-definition.js';
import { RX, RY, RZ, Rot } from './rotations.js';

/** Every gate that circuits may use, by the name used in PennyLane and OpenQASM. */
export const gates = { RX, RY, RZ, Rot, H, X, Y, Z, S, T, CNOT, CZ, SWAP } as const satisfies Record<
  string,
  GateDefinition
>;

export type GateName = keyof typeof gates;
