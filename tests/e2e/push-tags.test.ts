import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Clip, encodeClip } from '../../src/clip/index.js';
import { openClip } from '../../src/pipeline/index.js';
import { targetProfile } from '../../src/retarget/index.js';
import { madeClip } from '../bridge/made-clip.js';
import { runGaitway } from '../cli/run-gaitway.js';
import { type OpenedProject, openProject } from './opened-project.js';

const FRAMES = 61;
const CONTACTS = ['FootContact_L', 'FootContact_R'];

let project: OpenedProject;
beforeAll(async () => {
  project = await openProject('tags');
});
afterAll(() => project?.close());

/** A clip as `gaitway tag` writes it: every stretch an event, contacts as curves of 0 and 1. */
function taggedClip(): Clip {
  const clip = madeClip({ name: 'tagged', frames: FRAMES, skeleton: targetProfile('ue5-mannequin') });
  return {
    ...clip,
    events: [
      { name: 'idle', time: 0, duration: 0.5 },
      { name: 'walk', time: 0.5, duration: 1 },
      { name: 'turn-left', time: 1, duration: 0.25 },
      { name: 'stop', time: 1.5, duration: 0 },
    ],
    curves: CONTACTS.map((name, foot) => ({
      name,
      values: Float64Array.from({ length: FRAMES }, (_, f) => (Math.floor(f / 10) + foot) % 2),
    })),
  };
}

it('tags and contacts of a tagged clip arrive in the editor as notifies and curves, and come back', async () => {
  const { folder, editor } = project;
  const clip = taggedClip();
  const file = join(folder, 'clips', 'tagged.gwclip');
  await writeFile(file, encodeClip(clip));
  const port = ['--port', String(editor.port)];
  const { code, noted } = await runGaitway(['push', file, '--to', '/Game/Tags', ...port], { cwd: folder });
  expect(code, noted).toBe(0);

  const saved = join(folder, 'Saved/GaitwayStandIn/Game/Tags/tagged.json');
  const asset = JSON.parse(await readFile(saved, 'utf8')) as {
    notifies: [kept: object, track: string, seconds: number, duration: number][];
    curves: Record<string, [times: number[], values: number[]]>;
  };
  const stretches = asset.notifies.map(([, track, seconds, duration]) => [track, seconds, duration]);
  const kinds = asset.notifies.map(([kept]) => JSON.stringify(kept));
  expect(stretches).toEqual(clip.events.map(({ time, duration }) => ['Gaitway', time, duration]));
  for (const [place, { name, duration }] of clip.events.entries()) {
    expect(kinds[place]).toContain(`"${name}"`);
    expect(kinds[place]).toContain(duration > 0 ? 'PlayMontageNotifyWindow' : 'PlayMontageNotify"');
  }
  for (const { name, values } of clip.curves) expect(asset.curves[name]?.[1]).toEqual([...values]);

  const back = join(folder, 'back');
  const pulled = await runGaitway(
    ['pull', '/Game/Tags/tagged', '--out', back, '--format', 'gwclip', ...port],
    { cwd: folder },
  );
  expect(pulled.code, pulled.noted).toBe(0);
  const [found] = (await readdir(back, { recursive: true })).filter((name) => name.endsWith('.gwclip'));
  const again = await openClip(join(back, String(found)));
  expect(again.events).toEqual(clip.events);
  expect(again.curves).toEqual(clip.curves);
});
