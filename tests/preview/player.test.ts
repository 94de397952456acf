import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRate } from '../../src/clip/index.js';
import { Player } from '../../src/preview/app/player.js';

/** 11 frames at 10 fps: one second. */
function playerOf(frameCount = 11, hz = 10): Player {
  const player = new Player();
  player.setClip(frameCount, makeRate(hz));
  return player;
}

describe('Player', () => {
  it('steps by whole frames and stops playing', () => {
    const player = playerOf();
    player.playing = true;
    player.time = 0.27;
    player.step(1);
    expect(player.playing).toBe(false);
    expect(player.frame).toBe(4);
    expect(player.time).toBeCloseTo(0.4, 12);
  });

  it('goes round at the ends while looping, and only from the very end', () => {
    const player = playerOf();
    player.step(-1);
    expect(player.frame).toBe(10);
    player.step(1);
    expect(player.frame).toBe(0);
    player.frame = 8;
    player.step(10);
    expect(player.frame).toBe(10);
  });

  it('stays at the ends without looping', () => {
    const player = playerOf();
    player.looping = false;
    player.step(-1);
    expect(player.frame).toBe(0);
    player.step(100);
    player.step(1);
    expect(player.frame).toBe(10);
  });

  it('plays at its speed, round the end while looping', () => {
    const player = playerOf();
    player.togglePlaying();
    player.advance(0.75);
    player.changeSpeed(1);
    expect(player.speed).toBe(2);
    player.advance(0.25);
    expect(player.time).toBeCloseTo(0.25, 12);
  });

  it('stops at the end without looping, and starts again from the beginning', () => {
    const player = playerOf();
    player.looping = false;
    player.togglePlaying();
    player.advance(5);
    expect([player.time, player.playing]).toEqual([1, false]);
    player.togglePlaying();
    expect([player.time, player.playing]).toEqual([0, true]);
  });

  it('pauses on a whole frame', () => {
    const player = playerOf();
    player.togglePlaying();
    player.advance(0.333);
    player.togglePlaying();
    expect(player.time).toBeCloseTo(0.3, 12);
  });

  it('does not move while it is paused, and one frame never moves', () => {
    const player = playerOf();
    player.advance(1);
    expect(player.time).toBe(0);
    const still = playerOf(1);
    still.togglePlaying();
    still.advance(1);
    still.step(1);
    expect([still.time, still.frame, still.duration]).toEqual([0, 0, 0]);
  });

  it('keeps its speed at the slowest and the fastest', () => {
    const player = playerOf();
    for (let k = 0; k < 9; k++) player.changeSpeed(-1);
    expect(player.speed).toBe(0.25);
    for (let k = 0; k < 9; k++) player.changeSpeed(1);
    expect(player.speed).toBe(4);
  });

  it('keeps the time as far as another clip lasts', () => {
    const player = playerOf();
    player.frame = 8;
    player.setClip(4, makeRate(10));
    expect(player.frame).toBe(3);
  });

  it('gives every frame back that it is given', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.nat(),
        fc.constantFrom(24, 30, 60, 120),
        (count, at, hz) => {
          const player = playerOf(count, hz);
          player.frame = at % count;
          expect(player.frame).toBe(at % count);
        },
      ),
      { seed: 7 },
    );
  });
});
