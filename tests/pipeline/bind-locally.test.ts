import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bindLocally } from '../../src/pipeline/index.js';

const SECTION = '[/Script/RemoteControlCommon.RemoteControlSettings]';
const KEY = 'RemoteControlWebsocketServerBindAddress';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gaitway bind ü '));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function bound(before: string | Buffer | undefined): Promise<{ after: string; changed: boolean }> {
  const file = join(folder, 'Config/DefaultRemoteControl.ini');
  await mkdir(join(folder, 'Config'), { recursive: true });
  if (before !== undefined) await writeFile(file, before);
  const { changed } = await bindLocally(folder);
  return { after: (await readFile(file)).toString('latin1'), changed };
}

describe('the bind address', () => {
  it.each([
    ['a file that is not there', undefined, `${SECTION}\n${KEY}=127.0.0.1\n`],
    [
      'a file of other sections',
      '[Other]\r\nA=1\r\n',
      `[Other]\r\nA=1\r\n\r\n${SECTION}\r\n${KEY}=127.0.0.1\r\n`,
    ],
    [
      'a section without it',
      `${SECTION}\nbRestrictServerAccess=True\n\n[Other]\n${KEY}=kept\n`,
      `${SECTION}\n${KEY}=127.0.0.1\nbRestrictServerAccess=True\n\n[Other]\n${KEY}=kept\n`,
    ],
    [
      'another address, twice',
      `${SECTION}\nA=1\n${KEY}=0.0.0.0\nB=2\n${KEY}=10.0.0.1\n`,
      `${SECTION}\nA=1\n${KEY}=127.0.0.1\nB=2\n`,
    ],
  ])('is written into %s', async (_, before, after) => {
    expect(await bound(before)).toEqual({ after, changed: true });
    expect(await bound(undefined)).toEqual({ after, changed: false });
  });

  it('keeps the encoding', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('; größe\r\n', 'utf16le')]);
    await bound(utf16);
    const bytes = await readFile(join(folder, 'Config/DefaultRemoteControl.ini'));
    expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xfe]);
    expect(bytes.subarray(2).toString('utf16le')).toBe(`; größe\r\n\r\n${SECTION}\r\n${KEY}=127.0.0.1\r\n`);
  });
});
