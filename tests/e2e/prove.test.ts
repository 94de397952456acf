import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProofReport } from '../../src/pipeline/index.js';
import { runGaitway } from '../cli/run-gaitway.js';
import { type OpenedProject, openProject } from './opened-project.js';

describe('gaitway doctor --prove', () => {
  let opened: OpenedProject;
  beforeAll(async () => {
    opened = await openProject('prove', 200);
  });
  afterAll(() => opened.close());

  const prove = async (...args: string[]) => {
    const run = await runGaitway(
      ['doctor', '--prove', '--frames', '40', '--json', '--port', String(opened.editor.port), ...args],
      { cwd: opened.folder },
    );
    return { ...run, report: JSON.parse(run.printed) as ProofReport & { ok: boolean; files: string[] } };
  };
  const outcomes = ({ proofs }: ProofReport): Record<string, string> =>
    Object.fromEntries(proofs.map(({ id, outcome }) => [id, outcome]));

  it('tells what was assumed, done and seen of each, cleans up, and says what could not be run', {
    timeout: 120_000,
  }, async () => {
    const before = (await opened.editor.inspect()).assets;
    const { code, report } = await prove();
    // No list of names was generated.
    const { 'name-list': nameList, ...others } = outcomes(report);
    expect(nameList).toBe('not-run');
    expect(others).toMatchObject({ doorbell: 'proven' });
    expect(Object.keys(others).length).toBeGreaterThan(12);
    expect(report.proofs.filter(({ id, outcome }) => outcome !== 'proven' && id in others)).toEqual([]);
    expect(code).toBe(1);
    expect(report.left).toEqual([]);
    const after = await opened.editor.inspect();
    expect(after.assets).toEqual(before);
    expect(after.actors).toEqual([]);
    for (const { assumed, done, seen } of report.proofs)
      for (const text of [assumed, done, seen]) expect(text.length).toBeGreaterThan(10);

    const [json = '', html = ''] = report.files;
    expect(JSON.parse(readFileSync(json, 'utf8')).counts).toEqual(report.counts);
    const page = readFileSync(html, 'utf8');
    for (const { id } of report.proofs) expect(page).toContain(`<h2>${id} `);
    expect(page).not.toMatch(/<script|https?:/);
  });

  it('brings the list of names back where there is one', { timeout: 120_000 }, async () => {
    const stubs = join(opened.folder, 'Intermediate', 'PythonStub');
    mkdirSync(stubs, { recursive: true });
    writeFileSync(join(stubs, 'unreal.py'), 'class Object:\n    pass\nclass Actor(Object):\n    pass\n');
    const out = join(opened.folder, 'to send');
    const { report } = await prove('--out', out);
    expect(report.proofs.find(({ id }) => id === 'name-list')).toMatchObject({
      outcome: 'proven',
      seen: expect.stringContaining('2 classes'),
    });
    expect(existsSync(join(out, 'unreal.py'))).toBe(true);
  });

  it('tells what an editor does otherwise from what could not be run', { timeout: 120_000 }, async () => {
    await opened.editor.fault({ refuse_rate: 24 });
    const { report } = await prove();
    await opened.editor.fault({});
    expect(outcomes(report)).toMatchObject({ 'frame-rate': 'disproven', 'read-back': 'proven' });
  });
});
