/**
 * One CartPole in a plain loop (Barto, Sutton and Anderson 1983, as in Gymnasium's CartPole-v1, Euler) with random actions
 * and a cheap random generator: no seeding, no spaces, no time limit. What the arithmetic alone costs.
 */
export function plainCartPole(steps: number): number {
  let bits = 1;
  let [x, speed, angle, spin] = [0, 0, 0, 0];
  let episodes = 0;
  for (let step = 0; step < steps; step++) {
    bits = (Math.imul(bits, 1664525) + 1013904223) | 0;
    const force = bits < 0 ? 10 : -10;
    const cosine = Math.cos(angle);
    const sine = Math.sin(angle);
    const push = (force + 0.05 * spin * spin * sine) / 1.1;
    const turning = (9.8 * sine - cosine * push) / (0.5 * (4 / 3 - (0.1 * cosine * cosine) / 1.1));
    const acceleration = push - (0.05 * turning * cosine) / 1.1;
    x += 0.02 * speed;
    speed += 0.02 * acceleration;
    angle += 0.02 * spin;
    spin += 0.02 * turning;
    if (x < -2.4 || x > 2.4 || angle < -0.20943951023931953 || angle > 0.20943951023931953) {
      episodes++;
      x = speed = angle = spin = 0.02;
    }
  }
  return episodes;
}
