import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EditorSession, type PushRequest, pullClip, pushClip } from '../../../src/bridge/index.js';
import { type AttributeValue, type Clip, type ClipEvent, makeRate } from '../../../src/clip/index.js';
import { madeClip, madeSkeleton } from '../made-clip.js';
import { type OpenedStandIn, openStandIn, SKELETON } from '../opened-stand-in.js';

const target = { path: SKELETON, skeleton: madeSkeleton() };
const SOUND = '/Script/Engine.AnimNotify_PlaySound';

let projectFolder: string;
let opened: OpenedStandIn;
let session: EditorSession;
beforeAll(async () => {
  projectFolder = await mkdtemp(join(tmpdir(), 'gaitway-marks-'));
  opened = await openStandIn({ projectFolder });
  session = await opened.session();
});
beforeEach(() => opened.editor.fault({}));
afterAll(async () => {
  await opened.close();
  await rm(projectFolder, { recursive: true, force: true });
});

const push = (clip: Clip, asset: string, more: Partial<PushRequest> = {}) =>
  pushClip(session, { clip, asset, skeleton: target, defaultRate: makeRate(30), ...more });
const pull = async (asset: string): Promise<Clip> => (await pullClip(session, asset)).clip;

const settings = {
  enable_root_motion: true,
  root_motion_root_lock: 'ANIM_FIRST_FRAME',
  force_root_lock: true,
  use_normalized_root_motion_scale: false,
  loop: true,
  rate_scale: 1.5,
  interpolation: 'STEP',
  additive_anim_type: 'AAT_NONE',
  ref_pose_type: 'ABPT_NONE',
  ref_pose_seq: '',
  ref_frame_index: 0,
};
const unreal = (value: object): Clip['attributes'] => [
  { joint: '', name: 'unreal-animation', value: value as AttributeValue },
];

/** Events to about the millisecond that the engine moves what stands at the ends. */
const rounded = (events: readonly ClipEvent[]): ClipEvent[] =>
  events.map(({ name, time, duration }) => ({
    name,
    time: Math.round(100 * time) / 100,
    duration: Math.round(100 * duration) / 100,
  }));

const MARKED: Clip = {
  ...madeClip(),
  events: [
    { name: 'left foot', time: 0, duration: 0 },
    { name: 'PlaySound', time: 0.25, duration: 0 },
    { name: 'hold', time: 0.5, duration: 0.4 },
    { name: 'hit', time: 0.75, duration: 0 },
    { name: 'left foot', time: 1.3, duration: 0 },
  ],
  attributes: unreal({
    asset: '/Game/Elsewhere/Walk',
    skeleton: SKELETON,
    settings,
    events: {
      'left foot': { name: 'left foot', track: 'Feet', marker: true },
      PlaySound: { name: 'PlaySound', track: '1', class: SOUND, state: false },
    },
  }),
};

describe('push, then pull', () => {
  it('gives notifies, sync markers, settings and curves back, also after the editor was restarted', async () => {
    const report = await push(MARKED, '/Game/M/Marked');
    expect(report.warnings).toEqual([]);
    const check = async (): Promise<void> => {
      const back = await pull('/Game/M/Marked');
      expect(rounded(back.events)).toEqual(rounded(MARKED.events));
      expect(back.curves[0]?.name).toBe('speed');
      expect(back.attributes).toMatchObject(
        unreal({
          asset: '/Game/M/Marked',
          settings,
          events: {
            'left foot': { name: 'left foot', track: 'Feet', marker: true },
            PlaySound: { name: 'PlaySound', track: '1', class: SOUND, state: false },
            hold: { name: 'hold', track: 'Gaitway', state: true },
            hit: { name: 'hit', track: 'Gaitway', state: false },
          },
        }),
      );
    };
    await check();
    await opened.close();
    opened = await openStandIn({ projectFolder });
    session = await opened.session();
    await check();
  });

  it('and once more changes nothing', async () => {
    await push(MARKED, '/Game/M/Again');
    const first = await pull('/Game/M/Again');
    const { warnings } = await push(first, '/Game/M/Again');
    expect(warnings).toEqual([]);
    const second = await pull('/Game/M/Again');
    expect(second.events).toEqual(first.events);
    expect(second.attributes).toEqual(first.attributes);
  });
});

describe('a push over what is there', () => {
  it('leaves the tracks alone that the clip does not name, and tells what it took away on others', async () => {
    await push(MARKED, '/Game/M/Over');
    const feet: Clip = {
      ...MARKED,
      events: [{ name: 'left foot', time: 0.6, duration: 0 }],
    };
    const { warnings } = await push(feet, '/Game/M/Over');
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('On track Feet these were taken away: left foot, left foot'),
    ]);
    const names = (await pull('/Game/M/Over')).events.map(({ name }) => name);
    expect(names.sort()).toEqual(['PlaySound', 'hit', 'hold', 'left foot']);
  });

  it('leaves settings alone that the clip does not bring', async () => {
    await push(MARKED, '/Game/M/Plain');
    await push(madeClip(), '/Game/M/Plain', { rootMotion: false });
    const [attribute] = (await pull('/Game/M/Plain')).attributes;
    expect(attribute?.value).toMatchObject({ settings: { ...settings, enable_root_motion: false } });
  });
});

describe('what cannot be told', () => {
  it('is left out and said: a class that the project lacks, a notify that has only a name', async () => {
    const clip: Clip = {
      ...madeClip(),
      events: [
        { name: 'spark', time: 0.1, duration: 0 },
        { name: 'bare', time: 0.2, duration: 0 },
        { name: 'kept', time: 0.3, duration: 0 },
      ],
      attributes: unreal({
        asset: '/Game/X',
        skeleton: SKELETON,
        settings,
        events: {
          spark: { name: 'spark', track: '1', class: '/Game/FX/AN_Spark.AN_Spark_C', state: false },
          bare: { name: 'bare', track: '1', class: '', state: false },
        },
      }),
    };
    const { warnings } = await push(clip, '/Game/M/Lacking');
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('AN_Spark'),
      expect.stringContaining('scripts cannot make one'),
    ]);
    expect((await pull('/Game/M/Lacking')).events.map(({ name }) => name)).toEqual(['kept']);
  });

  it('is said of an attribute that no pull made', async () => {
    const { warnings } = await push({ ...madeClip(), attributes: unreal({ loop: 1 }) }, '/Game/M/Odd');
    expect(warnings.map(({ code }) => code)).toEqual(['bridge/bad-attribute']);
  });

  it('is said of an additive animation that goes to another skeleton', async () => {
    const additive = {
      ...settings,
      additive_anim_type: 'AAT_LOCAL_SPACE_BASE',
      ref_pose_type: 'ABPT_REF_POSE',
    };
    const value = { asset: '/Game/X', skeleton: '/Game/Other', settings: additive, events: {} };
    const { warnings } = await push({ ...madeClip(), attributes: unreal(value) }, '/Game/M/Full');
    expect(warnings.map(({ code }) => code)).toEqual(['bridge/additive']);
    const own = { ...value, skeleton: SKELETON };
    await push({ ...madeClip(), attributes: unreal(own) }, '/Game/M/Additive');
    const back = await pull('/Game/M/Additive');
    expect(back.warnings.map(({ code }) => code)).toEqual(['bridge/additive']);
    expect(back.attributes[0]?.value).toMatchObject({ settings: additive });
  });
});

describe('source control', () => {
  it('has what is there checked out before it is changed, and what is new left to its user', async () => {
    await opened.editor.fault({ source_control: true });
    await push(madeClip(), '/Game/M/Owned');
    await push(madeClip({ frames: 20 }), '/Game/M/Owned');
    expect((await opened.editor.inspect()).checkedOut).toEqual(['/Game/M/Owned']);
  });

  it('keeps an asset as it was where it does not let go of it', async () => {
    await push(madeClip(), '/Game/M/Locked');
    await opened.editor.fault({ source_control: true, refuse_checkout: '/Game/M/Locked' });
    await expect(push(madeClip({ frames: 20 }), '/Game/M/Locked')).rejects.toMatchObject({
      code: 'bridge/checkout-refused',
    });
    await opened.editor.fault({});
    expect((await pull('/Game/M/Locked')).frameCount).toBe(40);
  });
});

describe('a rate that is no multiple or factor of the project’s', () => {
  it.each([24, 25, 50])('is kept over a common multiple on request: %d', async (hz) => {
    const clip = madeClip({ hz });
    const report = await push(clip, `/Game/M/Kept${hz}`, { keepRate: true });
    expect(report).toMatchObject({ keys: 40, rate: makeRate(hz), warnings: [] });
    await push(madeClip({ hz, frames: 70 }), `/Game/M/Kept${hz}`, { keepRate: true });
    expect(await pull(`/Game/M/Kept${hz}`)).toMatchObject({ frameCount: 70, rate: makeRate(hz) });
  });

  it('is resampled after all where the engine refuses', async () => {
    await opened.editor.fault({ refuse_rate: 24 });
    const report = await push(madeClip({ hz: 24 }), '/Game/M/Refused', { keepRate: true });
    expect(report.rate).toEqual(makeRate(30));
    expect(report.warnings.map(({ code }) => code)).toEqual(['bridge/resampled', 'bridge/rate-refused']);
  });

  it('is that of the animation that is there, where it has another', async () => {
    await push(madeClip({ hz: 24 }), '/Game/M/Old', { keepRate: true });
    const report = await push(madeClip({ hz: 30 }), '/Game/M/Old');
    expect(report.rate).toEqual(makeRate(48));
    expect(report.warnings.map(({ code }) => code)).toEqual(['bridge/resampled', 'bridge/rate-refused']);
  });
});
