import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StandInEditor } from '../../src/bridge/index.js';
import { writeBvh } from '../../src/formats/index.js';
import { BUILT_IN_SCHEMAS, buildLatentDatabase, encodeDatabase } from '../../src/motion/index.js';
import { targetProfile } from '../../src/retarget/index.js';
import { madeClip } from '../bridge/made-clip.js';
import { runGaitway } from '../cli/run-gaitway.js';
import { madeSource } from '../motion/made-sources.js';
import { type OpenedProject, openProject } from './opened-project.js';

let project: OpenedProject;
let folder: string;
let editor: StandInEditor;
const mannequin = targetProfile('ue5-mannequin');

beforeAll(async () => {
  project = await openProject('database');
  ({ folder, editor } = project);
  for (const name of ['walk', 'run here']) {
    const clip = madeClip({ name, hz: 30, frames: 60, skeleton: mannequin });
    await writeFile(join(folder, `clips/${name}.bvh`), writeBvh(clip).bytes);
  }
  await gaitway('build', join(folder, 'clips'), '--schema', 'ue54', '--out', join(folder, 'walks.gwdb'));
});

afterAll(() => project?.close());

const gaitway = (...words: string[]) => runGaitway(words, { cwd: folder });
const link = (): string[] => ['--port', String(editor.port), '--project', folder];
const kept = async (asset: string): Promise<{ class: string; properties: Record<string, unknown> }> =>
  JSON.parse(await readFile(join(folder, 'Saved/GaitwayStandIn/Game/Motion', `${asset}.json`), 'utf8'));

describe('a motion database on the command line', () => {
  it('is refused while its clips are not in the editor, and says which', async () => {
    const { code, noted } = await gaitway(
      'push',
      join(folder, 'walks.gwdb'),
      '--to',
      '/Game/Motion',
      ...link(),
    );
    expect(code).toBe(1);
    expect(noted).toMatch(/no animation at \/Game\/Motion\/.*\[bridge\/animation-missing\]/);
  });

  it('becomes a schema and a database in the editor, with its clips', async () => {
    const { code, printed, noted } = await gaitway(
      'push',
      join(folder, 'clips'),
      join(folder, 'walks.gwdb'),
      '--to',
      '/Game/Motion',
      '--components',
      '8',
      '--normalization-set',
      'walks',
      ...link(),
    );
    expect(noted).not.toMatch(/error/);
    expect(code).toBe(0);
    expect(printed).toContain('/Game/Motion/PSD_walks  2 clips, /Game/Motion/PSS_ue54');
    expect(printed).toContain('walks → /Game/Motion/PSN_walks');
    const { class: type, properties } = await kept('PSD_walks');
    expect(type).toBe('PoseSearchDatabase');
    expect(properties.number_of_principal_components).toBe(8);
    expect(JSON.stringify(properties.animation_assets)).toContain("'/Game/Motion/run_here.run_here'");
    expect((await kept('PSS_ue54')).properties.channels).toHaveLength(2);
  });

  it('gives its schema back as a file that build takes, the same as it was', async () => {
    const out = join(folder, 'pulled');
    const { code, printed } = await gaitway('pull', '/Game/Motion/PSS_ue54', '--out', out, ...link());
    expect(code).toBe(0);
    expect(printed).toContain('PSS_ue54.json');
    const file = join(out, 'Motion/PSS_ue54.json');
    const schema = JSON.parse(await readFile(file, 'utf8'));
    const in32Bits = JSON.parse(
      JSON.stringify(BUILT_IN_SCHEMAS.ue54(), (key, value) =>
        typeof value === 'number' && key !== 'velocityOver' ? Math.fround(value) : value,
      ),
    );
    expect(schema).toEqual({ ...in32Bits, name: 'PSS_ue54' });
    const again = await gaitway(
      'build',
      join(folder, 'clips'),
      '--schema',
      file,
      '--out',
      join(folder, 'again.gwdb'),
    );
    expect(again.code).toBe(0);
  });

  it('puts a pulled schema into gaitway.json on request, and build takes it from there', async () => {
    const config = join(folder, 'gaitway.json');
    await writeFile(config, '{ "content": "/Game/Mine" }\r\n');
    const words = ['pull', '/Game/Motion/PSS_ue54', '--out', join(folder, 'again'), '--save'];
    const { code, noted } = await gaitway(...words, ...link());
    expect(noted).toContain('gaitway.json');
    expect(code).toBe(0);
    const said = JSON.parse(await readFile(config, 'utf8'));
    expect(said.content).toBe('/Game/Mine');
    expect(said.schema).toMatchObject({ name: 'PSS_ue54', weighting: 'costs' });
    const none = await gaitway('pull', '/Game/Motion/walk', '--out', join(folder, 'w'), '--save', ...link());
    expect(none.code).toBe(2);
  });

  it('has the stretches of a pruned database as sampling ranges', async () => {
    const pruned = join(folder, 'pruned.gwdb');
    await gaitway('build', join(folder, 'clips'), '--max-frames', '40', '--out', pruned);
    const { code, noted } = await gaitway('push', pruned, '--to', '/Game/Motion', ...link());
    expect(noted).not.toMatch(/error/);
    expect(code).toBe(0);
    const entries = (await kept('PSD_pruned')).properties.animation_assets as { text: string }[];
    expect(entries.some(({ text }) => /SamplingRange=\(Min=[\d.]+,Max=[\d.]*[1-9]\d*\)/.test(text))).toBe(
      true,
    );
  });

  it('is refused where it holds latents', async () => {
    const source = madeSource({ name: 'walk', frames: 3 });
    const rows = {
      frameCount: 3,
      dimension: 2,
      rows: new Float32Array(6),
      valid: new Uint8Array([1, 1, 1]),
    };
    const latents = join(folder, 'latents.gwdb');
    await writeFile(latents, encodeDatabase(buildLatentDatabase([source], [rows], 'mlp').database));
    const { code, noted } = await gaitway('push', latents, '--to', '/Game/Motion', ...link());
    expect(code).toBe(1);
    expect(noted).toMatch(/holds latents.*\[push\/latents\]/);
  });
});
