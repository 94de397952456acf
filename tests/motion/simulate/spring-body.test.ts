import { describe, expect, it } from 'vitest';
import { makeSpringBody } from '../../../src/motion/simulate/spring-body.js';

describe('makeSpringBody', () => {
  const out = { x: 0, z: 0, yaw: 0, velocityX: 0, velocityZ: 0 };

  it('comes where it says it will', () => {
    const body = makeSpringBody(0.27, 1 / 60);
    for (let k = 0; k < 20; k++) body.step({ velocityX: 0, velocityZ: 1.2, yaw: 0 });
    const wish = { velocityX: -2, velocityZ: 0.5, yaw: 2.5 };
    body.predict(wish, 0.5, out);
    for (let k = 0; k < 30; k++) body.step(wish);
    for (const key of ['x', 'z', 'yaw', 'velocityX', 'velocityZ'] as const)
      expect(body.state[key]).toBeCloseTo(out[key], 10);
  });

  it('takes 0.66 s to turn about, to within 30° and 70 % of the speed', () => {
    const body = makeSpringBody(0.27, 1 / 60);
    for (let k = 0; k < 600; k++) body.step({ velocityX: 0, velocityZ: 1, yaw: 0 });
    let ticks = 0;
    while (body.state.velocityZ > -0.7) {
      body.step({ velocityX: 0, velocityZ: -1, yaw: Math.PI });
      ticks++;
    }
    expect(ticks / 60).toBeCloseTo(0.66, 1);
  });

  it('turns the shorter way round', () => {
    const body = makeSpringBody(0.1, 1 / 60);
    for (let k = 0; k < 200; k++) body.step({ velocityX: 0, velocityZ: 0, yaw: 3 });
    body.step({ velocityX: 0, velocityZ: 0, yaw: -3 });
    for (let k = 0; k < 3; k++) body.step({ velocityX: 0, velocityZ: 0, yaw: -3 });
    expect(Math.abs(body.state.yaw)).toBeGreaterThan(3);
  });
});
