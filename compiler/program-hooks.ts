import type { JsonObject } from '../core/json.js';
import type { Rng } from '../core/random.js';
import type { HostAddresses, HostKernel, MemoryViews, OpKernel } from './op.js';
import { addressesOf, type ProgramPlan } from './program-plan.js';

/** TypeScript parts of one op instance, with their operands bound. */
export class NodeHooks {
  readonly node: number;
  readonly #kernel: OpKernel<JsonObject> | HostKernel<JsonObject>;
  readonly #memory: MemoryViews;
  readonly #at: HostAddresses & { samples: number };
  readonly #attributes: JsonObject;

  constructor(plan: ProgramPlan, node: number, memory: MemoryViews) {
    const { op, attributes } = plan.graph.nodes[node]!;
    if (op === 'input') throw new TypeError('inputs have no kernel');
    this.node = node;
    this.#kernel = op.kernel;
    this.#memory = memory;
    this.#at = { ...addressesOf(plan, node), samples: plan.memory.capacity };
    this.#attributes = attributes;
  }

  has(hook: 'initialize' | 'prepare' | 'reduce' | 'randomize'): boolean {
    return this.#kernel.host === undefined && this.#kernel[hook] !== undefined;
  }

  initialize(): void {
    if (this.#kernel.host === undefined) this.#kernel.initialize?.(this.#memory, this.#at, this.#attributes);
  }

  prepare(): void {
    if (this.#kernel.host === undefined) this.#kernel.prepare?.(this.#memory, this.#at, this.#attributes);
  }

  reduce(): void {
    if (this.#kernel.host === undefined) this.#kernel.reduce?.(this.#memory, this.#at, this.#attributes);
  }

  randomize(samples: number, rng: Rng | undefined): void {
    this.#at.samples = samples;
    if (this.#kernel.host === undefined) this.#kernel.randomize?.(this.#memory, this.#at, this.#attributes, rng);
  }

  forward(samples: number): void {
    this.#at.samples = samples;
    if (this.#kernel.host === true) this.#kernel.forward(this.#memory, this.#at, this.#attributes);
  }

  backward(samples: number): void {
    this.#at.samples = samples;
    if (this.#kernel.host === true) this.#kernel.backward(this.#memory, this.#at, this.#attributes);
  }
}
