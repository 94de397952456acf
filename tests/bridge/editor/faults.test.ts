import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EditorSession, pullClip, pushClip } from '../../../src/bridge/index.js';
import { makeRate } from '../../../src/clip/index.js';
import { GaitwayError } from '../../../src/errors.js';
import { madeClip, madeSkeleton } from '../made-clip.js';
import { type OpenedStandIn, openStandIn, SKELETON } from '../opened-stand-in.js';

const defaultRate = makeRate(30);
const skeleton = { path: SKELETON, skeleton: madeSkeleton() };

let opened: OpenedStandIn;
let session: EditorSession;

beforeAll(async () => {
  opened = await openStandIn();
  session = await opened.session();
});
beforeEach(() => opened.editor.fault({}));
afterAll(() => opened.close());

const push = (asset: string, more: object = {}) =>
  pushClip(session, { clip: madeClip(), asset, skeleton, defaultRate, ...more });
const failure = async (promise: Promise<unknown>): Promise<{ code: string; message: string }> =>
  promise.then(
    () => expect.fail('it should have failed'),
    (error: { code: string; message: string }) => error,
  );
const assets = async (): Promise<string[]> => (await opened.editor.inspect()).assets;

describe('a push that fails leaves nothing half written', () => {
  it('where the engine takes no keys for a bone and says nothing but False', async () => {
    await opened.editor.fault({ refuse_bone: 'calf_l' });
    const error = await failure(push('/Game/F/NoCalf'));
    expect(error.code).toBe('bridge/write-refused');
    expect(error.message).toContain('calf_l');
    expect(await assets()).not.toContain('/Game/F/NoCalf');
    await opened.editor.fault({});
    expect((await push('/Game/F/NoCalf')).keys).toBe(40);
  });

  it('where the asset cannot be saved', async () => {
    await opened.editor.fault({ refuse_save: '/Game/F/ReadOnly' });
    expect((await failure(push('/Game/F/ReadOnly'))).code).toBe('bridge/save-refused');
    expect(await assets()).not.toContain('/Game/F/ReadOnly');
    expect(existsSync(join(opened.projectFolder, 'Saved/GaitwayStandIn/Game/F/ReadOnly.json'))).toBe(false);
  });

  it('where the numbers are not finite', async () => {
    const clip = madeClip();
    clip.translations[9] = Number.NaN;
    const error = await failure(push('/Game/F/NaN', { clip }));
    expect(error.code).toMatch(/^(clip|bridge)\//);
    expect(await assets()).not.toContain('/Game/F/NaN');
  });

  it('where it is cancelled before the editor began to write', async () => {
    const abort = new AbortController();
    opened.editor.holdJobs();
    const cancelled = push('/Game/F/Cancelled', { signal: abort.signal, onProgress: () => abort.abort() });
    const error = await failure(cancelled);
    opened.editor.resume();
    expect(error.code).toBe('bridge/cancelled');
    const { throttled } = await opened.editor.inspect();
    expect(throttled).toBe(true);
    expect(await assets()).not.toContain('/Game/F/Cancelled');
  });
});

describe('an editor that is lost in the middle', () => {
  it('does not matter where only the connection breaks', async () => {
    let broken = false;
    const report = await push('/Game/F/Dropped', {
      clip: madeClip({ frames: 1_500 }),
      onProgress: () => {
        if (!broken) opened.editor.dropConnections();
        broken = true;
      },
    });
    expect(broken).toBe(true);
    expect(report.keys).toBe(1_500);
    expect((await opened.editor.inspect()).undo.filter((title) => title.includes('Dropped'))).toHaveLength(1);
  });

  it('has the push begin anew where it broke before the numbers were complete', async () => {
    const calls: string[] = [];
    const cut: EditorSession = {
      ...session,
      call: (name, takes, options) => {
        calls.push(name);
        const answer = session.call(name, takes, options);
        if (name === 'push_begin' && calls.filter((call) => call === name).length === 1)
          opened.editor.dropConnections();
        return answer;
      },
    };
    const report = await pushClip(cut, { clip: madeClip(), asset: '/Game/F/Anew', skeleton, defaultRate });
    expect(report.keys).toBe(40);
    expect(calls.filter((call) => call === 'push_begin')).toHaveLength(2);
    expect(calls.filter((call) => call === 'push_commit')).toHaveLength(1);
    expect((await opened.editor.inspect()).undo.filter((title) => title.includes('Anew'))).toHaveLength(1);
  });

  it('does not write any more once it was told that nothing was written', async () => {
    let hold: (() => void) | undefined;
    const cut: EditorSession = {
      ...session,
      call: async (name, takes, options) => {
        if (name !== 'push_commit') return session.call(name, takes, options);
        // The request to write is on its way when the connection breaks, and arrives when all is over.
        hold = () => void session.call(name, takes, options).catch(() => {});
        throw new GaitwayError('bridge/connection-lost', 'lost');
      },
    };
    const error = await failure(
      pushClip(cut, { clip: madeClip(), asset: '/Game/F/Late', skeleton, defaultRate }),
    );
    expect(error.code).toBe('bridge/push-cut-off');
    hold?.();
    await session.hello();
    await session.hello();
    expect(await assets()).not.toContain('/Game/F/Late');
  });

  it('is found out by reading back where it was restarted', async () => {
    const projectFolder = await mkdtemp(join(tmpdir(), 'gaitway-restart-'));
    const first = await openStandIn({ projectFolder });
    const near = await first.session({ reconnectLimitMs: 30_000 });
    // The job must still be running when the editor closes, however fast the machine is.
    first.editor.holdJobs();
    let restarted: Promise<OpenedStandIn> | undefined;
    const error = await failure(
      pushClip(near, {
        clip: madeClip(),
        asset: '/Game/F/Restart',
        skeleton,
        defaultRate,
        onProgress: () => {
          restarted ??= first.editor
            .close()
            .then(() => openStandIn({ projectFolder, port: first.editor.port }));
        },
      }),
    );
    expect(error.code).toBe('bridge/push-cut-off');
    expect(error.message).toContain('/Game/F/Restart is not there, so the push was not done');
    const second = (await restarted) as OpenedStandIn;
    expect((await second.editor.inspect()).assets).not.toContain('/Game/F/Restart');
    await second.close();
    near.close();
    await rm(projectFolder, { recursive: true, force: true });
  });
});

describe('who is not let in', () => {
  it('a wrong token, for every call but the greeting', async () => {
    const stranger = await opened.session({ token: 'guess' });
    expect((await stranger.hello()).protocol).toBe(1);
    for (const attempt of [stranger.capabilities(), pullClip(stranger, '/Game/F/Dropped')]) {
      const error = await failure(attempt);
      expect(error.code).toBe('bridge/bad-token');
      expect(error.message).toContain('Saved/Gaitway/token');
    }
  });

  it('a data file with a path in its name', async () => {
    const purpose = 'trying';
    await session.call('push_begin', pushOf('sneaky'), { purpose });
    const error = await failure(
      session.call('push_commit', { job: 'sneaky', file: '../token' }, { purpose }),
    );
    expect(error.code).toBe('bridge/bad-request');
    expect((await readFile(join(opened.projectFolder, 'Saved/Gaitway/token'), 'utf8')).trim()).toHaveLength(
      32,
    );
    await session.call('job_cancel', { job: 'sneaky' }, { purpose });
  });
});

describe('the editor while a job is alive', () => {
  it('is kept awake, and sleeps as before after it', async () => {
    expect((await opened.editor.inspect()).throttled).toBe(true);
    await session.call('push_begin', pushOf('awake'), { purpose: 'testing' });
    expect((await opened.editor.inspect()).throttled).toBe(false);
    await session.call('job_cancel', { job: 'awake' }, { purpose: 'testing' });
    expect((await opened.editor.inspect()).throttled).toBe(true);
  });
});

const pushOf = (job: string) => ({
  job,
  asset: `/Game/F/${job}`,
  skeleton: SKELETON,
  keys: 2,
  rate: makeRate(30),
  bones: ['root'],
  hasScales: false,
  curves: [],
  settings: {},
  marks: { notifies: [], markers: [] },
  keepRate: false,
  sourceName: '',
  contentHash: '',
  blockHash: '',
  byteLength: 56,
  force: false,
});
