import { parseValues, type ValuesOf, type Domains } from '../../core/domain.js';
import { discrete } from '../../core/environment/space.js';
import type { VectorEnvironment } from '../../core/environment/vector-environment.js';
import type { Model } from '../../core/model/model.js';
import { createRng } from '../../core/random.js';
import type { CurvePoint, ModelRequest, Trained, Trainer } from '../../core/training/trainer.js';
import { ensure, ensureEqual } from './expect.js';
import type { Check } from './contract.js';

/** What a trainer is tried with. */
export interface TrainerCase {
  /** Options that make a training short. */
  readonly options: Readonly<Record<string, unknown>>;
  /** A small model as the trainer asks for it, with start values from a fixed seed. */
  makeModel(request: ModelRequest): Model;
  /** With the wrappers that the trainer wants under these options. */
  makeEnvironments(count: number): VectorEnvironment;
}

/** What every trainer promises. */
export function trainerContract(
  trainer: Trainer,
  { options, makeModel, makeEnvironments }: TrainerCase,
): readonly Check[] {
  const values = (): ValuesOf<Domains> => parseValues(trainer.options, options, trainer.id);
  const train = (
    seed: number,
    onProgress?: (point: CurvePoint) => void,
    share?: number,
  ): { trained: Trained; parameters: number[] } => {
    const probe = makeEnvironments(1);
    const model = makeModel(trainer.request(values(), probe.actionSpace));
    probe.close?.();
    const trained = trainer.train(values(), model, makeEnvironments, { rng: createRng(seed), onProgress, share });
    return { trained, parameters: [...model.program.parameters] };
  };
  const check = (name: string, run: () => void): Check => ({ name: `${trainer.id}: ${name}`, run });
  return [
    check('every preset keeps the domains', () => {
      for (const [name, preset] of Object.entries(trainer.presets)) parseValues(trainer.options, preset, name);
    }),
    check('names of presets by environment are presets, and wrappers take the options they are given', () => {
      for (const names of Object.values(trainer.presetsByEnvironment ?? {})) {
        for (const name of Object.values(names)) ensure(Object.hasOwn(trainer.presets, name), `no preset "${name}"`);
      }
      for (const [name, preset] of Object.entries(trainer.presets)) {
        const wanted = trainer.wrappers?.(parseValues(trainer.options, preset, name)) ?? [];
        for (const { wrapper, options: given = {} } of wanted) parseValues(wrapper.options, given, wrapper.id);
      }
    }),
    check('asks for the same model each time', () => {
      const [a, b] = [trainer.request(values(), discrete(2)), trainer.request(values(), discrete(2))];
      ensureEqual(
        { ...a, heads: a.heads.map(({ key }) => key) },
        { ...b, heads: b.heads.map(({ key }) => key) },
        'request',
      );
    }),
    check('equal seeds train equal weights, other seeds other ones', () => {
      const [first, second, other] = [train(1), train(1), train(2)];
      ensureEqual(second, first, 'second training');
      ensure(
        other.parameters.some((value, i) => value !== first.parameters[i]),
        'the seed has no effect',
      );
    }),
    check('weights change and stay finite', () => {
      const { parameters, trained } = train(3);
      ensure(parameters.every(Number.isFinite), 'a weight is not finite');
      ensure(trained.steps > 0, 'no step was taken');
    }),
    check('progress tells the curve and changes nothing', () => {
      const points: CurvePoint[] = [];
      const watched = train(4, (point) => points.push(point));
      ensureEqual(watched, train(4), 'watched training');
      ensureEqual(points, watched.trained.curve, 'curve');
    }),
    check('a share of the budget is the beginning of the whole', () => {
      const whole = train(6).trained;
      const half = train(6, undefined, 0.5).trained;
      ensureEqual(half.curve, whole.curve.slice(0, half.curve.length), 'curve');
      ensure(half.steps > 0 && half.steps <= whole.steps, `${half.steps} of ${whole.steps} steps`);
    }),
    check('an aborted signal ends the training', () => {
      const probe = makeEnvironments(1);
      const model = makeModel(trainer.request(values(), probe.actionSpace));
      probe.close?.();
      const reason = new Error('enough');
      let caught: unknown;
      try {
        trainer.train(values(), model, makeEnvironments, { rng: createRng(5), signal: AbortSignal.abort(reason) });
      } catch (error) {
        caught = error;
      }
      ensure(caught === reason, `threw ${String(caught)}`);
    }),
  ];
}
