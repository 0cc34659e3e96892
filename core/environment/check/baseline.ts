import { make, printable, randomActions, type Probe } from './probe.js';

export const baseline: readonly Probe[] = [
  {
    id: 'baseline/random',
    statement: 'figures of the random policy',
    run(subject, report) {
      const steps = 10 * subject.steps;
      const environment = make(subject);
      const nextAction = randomActions(environment.actionSpace, subject.seed);
      const returns: number[] = [];
      let [sum, low, high] = [0, Infinity, -Infinity];
      environment.reset({ seed: subject.seed });
      for (let i = 0; i < steps; i++) {
        const { reward, terminated, truncated } = environment.step(nextAction());
        sum += reward;
        low = Math.min(low, reward);
        high = Math.max(high, reward);
        if (!terminated && !truncated) continue;
        returns.push(sum);
        sum = 0;
        environment.reset();
      }
      const mean = returns.reduce((total, value) => total + value, 0) / Math.max(1, returns.length);
      report('info', 'random policy', {
        steps,
        episodes: returns.length,
        meanReturn: returns.length === 0 ? null : mean,
        rewards: [printable(low), printable(high)],
      });
      const largest = Math.max(Math.abs(low), Math.abs(high));
      if (largest > 1000)
        report('warning', 'rewards are large: consider scaling them', [printable(low), printable(high)]);
    },
  },
];
