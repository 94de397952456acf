import { describe, expect, it } from 'vitest';
import { PendingCalls } from '../../../src/bridge/remote-control/pending-calls.js';
import { Turns } from '../../../src/bridge/remote-control/turns.js';
import { handClock } from '../hand-clock.js';

const request = { verb: 'GET', url: '/remote/info' } as const;

/** `count` calls that were sent at once, with 1 s each. */
function sent(count: number) {
  const clock = handClock();
  const calls = new PendingCalls(clock);
  const ended: string[] = [];
  for (let n = 1; n <= count; n++) {
    calls
      .expect({ request, purpose: `call ${n}`, timeoutMs: 1_000 }, () => {})
      .then(
        () => ended.push(`${n} answered`),
        (error: { code: string }) => ended.push(`${n} ${error.code}`),
      );
  }
  const settled = async (): Promise<string[]> => {
    await new Promise((resolve) => setImmediate(resolve));
    return ended.splice(0);
  };
  return { clock, calls, settled };
}

describe('the time limit of a call', () => {
  it('does not run out while those before it are answered, one a tick at three ticks a second', async () => {
    const { clock, calls, settled } = sent(64);
    for (let id = 1; id <= 64; id++) {
      clock.pass(333);
      calls.answered(id)?.settle({ body: null });
      expect(await settled()).toEqual([`${id} answered`]);
    }
  });

  it('runs out for all where no answer comes any more', async () => {
    const { clock, calls, settled } = sent(3);
    clock.pass(600);
    calls.answered(1)?.settle({ body: null });
    await settled();
    clock.pass(999);
    expect(await settled()).toEqual([]);
    clock.pass(1);
    expect(await settled()).toEqual(['2 bridge/timeout', '3 bridge/timeout']);
  });

  it('is not put off by answers to later calls', async () => {
    const { clock, calls, settled } = sent(2);
    clock.pass(900);
    calls.answered(2)?.settle({ body: null });
    clock.pass(100);
    expect(await settled()).toEqual(['2 answered', '1 bridge/timeout']);
  });

  it('leaves no timer behind', async () => {
    const { clock, calls, settled } = sent(2);
    calls.answered(1)?.settle({ body: null });
    calls.answered(1)?.settle({ body: null });
    calls.answered(2)?.settle({ body: null });
    expect(await settled()).toHaveLength(2);
    expect(clock.timers()).toBe(0);
  });
});

describe('turns', () => {
  it('let so many through, then one for each that ends, in order', async () => {
    const turns = new Turns(2);
    const log: number[] = [];
    const ends: (() => void)[] = [];
    const runs = [0, 1, 2, 3].map((n) =>
      turns.run(() => {
        log.push(n);
        return new Promise<void>((resolve) => {
          ends[n] = resolve;
        });
      }),
    );
    expect(log).toEqual([0, 1]);
    ends[1]?.();
    await runs[1];
    await new Promise((resolve) => setImmediate(resolve));
    expect(log).toEqual([0, 1, 2]);
    ends[0]?.();
    await runs[0];
    await new Promise((resolve) => setImmediate(resolve));
    expect(log).toEqual([0, 1, 2, 3]);
    ends[2]?.();
    ends[3]?.();
    await Promise.all(runs);
  });

  it('do not keep one that is called off', async () => {
    const turns = new Turns(1);
    let end = (): void => {};
    const first = turns.run(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    const abort = new AbortController();
    const second = turns.run(async () => 'told', abort.signal);
    abort.abort();
    expect(await second).toBe('told');
    end();
    await first;
    expect(await turns.run(async () => 'next')).toBe('next');
  });
});
