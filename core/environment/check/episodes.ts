import type { Environment } from '../environment.js';
import { compare, make, numbers, play, playOn, randomActions, type Probe } from './probe.js';

export const episodes: readonly Probe[] = [
  {
    id: 'episode/ends',
    statement: 'an episode ends within its time limit',
    run(subject, report) {
      const limit = subject.settings.maxEpisodeSteps ?? subject.kind.maxEpisodeSteps;
      if (limit === undefined || limit === 0) return;
      const environment = make(subject);
      const nextAction = randomActions(environment.actionSpace, subject.seed);
      environment.reset({ seed: subject.seed });
      for (let i = 1; i <= limit; i++) {
        const { terminated, truncated } = environment.step(nextAction());
        if (truncated && i < limit) report('info', 'the environment truncates by itself', i);
        if (terminated || truncated) return;
      }
      report('error', 'neither flag was set at the time limit', limit);
    },
  },
  {
    id: 'episode/time-limit',
    statement: 'a time limit of one step truncates every step',
    run(subject, report) {
      const environment = make({ ...subject, settings: { ...subject.settings, maxEpisodeSteps: 1 } });
      const nextAction = randomActions(environment.actionSpace, subject.seed);
      for (let i = 0; i < 3; i++) {
        environment.reset({ seed: subject.seed });
        if (!environment.step(nextAction()).truncated) report('error', 'not truncated at the time limit');
      }
    },
  },
  {
    id: 'episode/after-termination',
    statement: 'where it is declared, steps after termination go on',
    run(subject, report) {
      if (subject.kind.afterTermination !== 'continues') return;
      const environment = make(subject);
      if (!playUntilTermination(environment, subject.seed)) return;
      const nextAction = randomActions(environment.actionSpace, subject.seed);
      for (let i = 0; i < 5; i++) {
        const { reward } = environment.step(nextAction());
        if (!Number.isFinite(reward)) report('error', 'a step after termination has no finite reward');
      }
      environment.reset();
    },
  },
  {
    id: 'episode/aliasing',
    statement: 'observations and actions belong to the caller',
    run(subject, report) {
      const expected = play(make(subject), subject.seed, subject.steps);
      const environment = make(subject);
      const start = environment.reset({ seed: subject.seed }).observation;
      const trace = [...numbers(start)];
      scribble([start]);
      const nextAction = randomActions(environment.actionSpace, subject.seed + 1);
      for (let i = 0; i < subject.steps; i++) {
        const action = nextAction();
        const result = environment.step(action);
        trace.push(...numbers(result.observation), result.reward, Number(result.terminated), Number(result.truncated));
        scribble([result.observation, action]);
        if (!(result.terminated || result.truncated)) continue;
        const first = environment.reset().observation;
        trace.push(...numbers(first));
        scribble([first]);
      }
      compare(
        expected,
        trace,
        'writing into a returned observation or a passed action changed the environment',
        report,
      );
    },
  },
  {
    id: 'episode/fresh-observations',
    statement: 'a returned observation does not change with later steps',
    run(subject, report) {
      const environment = make(subject);
      const { observation } = environment.reset({ seed: subject.seed });
      const before = [...numbers(observation)];
      playOn(environment, randomActions(environment.actionSpace, subject.seed), Math.min(subject.steps, 5), []);
      compare(before, [...numbers(observation)], 'an observation changed after it was returned', report);
    },
  },
  {
    id: 'episode/save',
    statement: 'an environment restored from saved state continues exactly alike',
    run(subject, report) {
      const environment = make(subject);
      if (environment.save === undefined) {
        report('info', 'state cannot be saved');
        return;
      }
      play(environment, subject.seed, Math.ceil(subject.steps / 2));
      const saved: unknown = JSON.parse(JSON.stringify(environment.save()));
      const [expected, trace]: number[][] = [[], []];
      playOn(environment, randomActions(environment.actionSpace, 3), subject.steps, expected!);
      const restored = make(subject);
      // What save returned, through JSON.
      restored.restore!(saved as ReturnType<typeof environment.save>);
      playOn(restored, randomActions(environment.actionSpace, 3), subject.steps, trace!);
      compare(expected!, trace!, 'the restored environment went another way', report);
    },
  },
  {
    id: 'episode/render',
    statement: 'frames are RGB of their stated size, and rendering does not alter the episode',
    run(subject, report) {
      const environment = make(subject);
      if (environment.render === undefined) return;
      const expected = play(make(subject), subject.seed, 5);
      const trace = [...numbers(environment.reset({ seed: subject.seed }).observation)];
      const nextAction = randomActions(environment.actionSpace, subject.seed + 1);
      for (let i = 0; i < 5; i++) {
        const { width, height, rgb } = environment.render();
        if (rgb.length !== width * height * 3)
          report('error', 'a frame must hold 3 bytes per pixel', [width, height, rgb.length]);
        playOn(environment, nextAction, 1, trace);
      }
      compare(expected, trace, 'rendering changed the episode', report);
    },
  },
  {
    id: 'episode/close',
    statement: 'an environment can be closed twice',
    run(subject) {
      const environment = make(subject);
      environment.reset({ seed: subject.seed });
      environment.close?.();
      environment.close?.();
    },
  },
];

/** True once an episode terminated; false when five thousand random steps did not do it. */
function playUntilTermination(environment: Environment, seed: number): boolean {
  const nextAction = randomActions(environment.actionSpace, seed);
  environment.reset({ seed });
  for (let i = 0; i < 5_000; i++) {
    const { terminated, truncated } = environment.step(nextAction());
    if (terminated) return true;
    if (truncated) environment.reset();
  }
  return false;
}

function scribble(values: readonly (number | Float32Array)[]): void {
  for (const value of values) if (value instanceof Float32Array) value.fill(12345);
}
