import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runGaitway } from './run-gaitway.js';

const folder = mkdtempSync(join(tmpdir(), 'gaitway-map-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...words: string[]) => runGaitway(words, { cwd: folder });

describe('map', () => {
  it('wants two skeletons', async () => {
    expect((await run('map', 'ue4-mannequin')).code).toBe(2);
  });

  it('says what a target may be where it is neither a profile nor a file', async () => {
    const { code, noted } = await run('map', 'ue4-mannequin', 'manny');
    expect(code).toBe(1);
    expect(noted).toMatch(/"manny".*ue5-mannequin, ue4-mannequin, metahuman.*\[target\/unknown\]/);
  });

  it('prints one JSON document with roles, chains and what was left over', async () => {
    const { code, printed } = await run('map', 'ue4-mannequin', 'ue5-mannequin', '--json');
    const report = JSON.parse(printed);
    expect(code).toBe(0);
    expect(report.roles).toHaveLength(22);
    expect(report.roles).toContainEqual({
      role: 'spine2',
      source: 'spine_02',
      target: 'spine_03',
      certainty: 0.99,
    });
    expect(report.chains[0]).toEqual({
      chain: 'spine',
      source: ['spine_01', 'spine_02', 'spine_03'],
      target: ['spine_01', 'spine_02', 'spine_03', 'spine_04', 'spine_05'],
    });
    expect(report.source).toMatchObject({ family: 'ue4-mannequin', root: 'root', unmapped: [] });
    expect(report.target.unmapped).toEqual([]);
    expect(report.target.helpers).toContain('ik_hand_gun');
    expect(report.target.twists).toHaveLength(16);
  });

  it('prints a table for people', async () => {
    const { printed } = await run('map', 'ue4-mannequin', 'metahuman');
    expect(printed).toMatch(/^source {2}ue4-mannequin: 68 joints, family ue4-mannequin, root root/);
    expect(printed).toMatch(/^clavicleL +clavicle_l +clavicle_l +0\.99$/m);
  });

  it('writes a map that it reads again, never over a file that is there', async () => {
    const file = join(folder, 'map.json');
    expect((await run('map', 'ue4-mannequin', 'ue5-mannequin', '--out', file)).code).toBe(0);
    const map = JSON.parse(readFileSync(file, 'utf8'));
    expect(map.roles.handL).toEqual({ source: 'hand_l', target: 'hand_l' });
    expect((await run('map', 'ue4-mannequin', 'ue5-mannequin', '--out', file)).noted).toContain(
      'file/exists',
    );

    map.roles.handL.source = 'hand_r';
    map.roles.handR.source = 'hand_l';
    const edited = join(folder, 'edited.json');
    writeFileSync(edited, JSON.stringify(map).replaceAll(',', ',\r\n'));
    const { printed } = await run('map', 'ue4-mannequin', 'ue5-mannequin', '--map', edited, '--json');
    const hand = JSON.parse(printed).roles.find(({ role }: { role: string }) => role === 'handL');
    expect(hand.source).toBe('hand_r');
  });

  it('refuses a map that names a joint that is not there, in one JSON document', async () => {
    const file = join(folder, 'wrong.json');
    writeFileSync(file, JSON.stringify({ boneMap: 1, roles: { head: { target: 'haed' } } }));
    const { code, printed } = await run('map', 'ue4-mannequin', 'ue5-mannequin', '--map', file, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({
      ok: false,
      error: { code: 'bone-map/unknown-joint', data: { nearest: ['head', 'hand_l', 'hand_r'] } },
    });
  });
});
