import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { encodeText, readTextFile, type TextFile } from '../text-file.js';
import { writeFileAtomic } from '../write-file.js';

const SECTION = '/Script/RemoteControlCommon.RemoteControlSettings';
const KEY = 'RemoteControlWebsocketServerBindAddress';

/**
 * Writes into the project's `Config/DefaultRemoteControl.ini` that Remote Control's WebSocket listens on this machine alone;
 * by default it listens on all its network addresses. Other lines, their ends and the encoding stay.
 *
 * @returns the file, and whether it was changed.
 * @throws GaitwayError `file/unwritable`.
 */
export async function bindLocally(projectFolder: string): Promise<{ file: string; changed: boolean }> {
  const file = join(projectFolder, 'Config', 'DefaultRemoteControl.ini');
  const before: TextFile = existsSync(file) ? readTextFile(file) : { text: '', encoding: 'utf8' };
  const text = withValue(before.text, '127.0.0.1');
  if (text !== before.text) await writeFileAtomic(file, encodeText({ ...before, text }), { force: true });
  return { file, changed: text !== before.text };
}

function withValue(text: string, value: string): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text === '' ? [] : text.split(/\r?\n/);
  const wanted = `${KEY}=${value}`;
  const heading = lines.findIndex((line) => line.trim() === `[${SECTION}]`);
  if (heading < 0) {
    const body = text.replace(/\s+$/, '');
    return `${body === '' ? '' : body + end + end}[${SECTION}]${end}${wanted}${end}`;
  }
  const next = lines.findIndex((line, i) => i > heading && /^\s*\[.*\]\s*$/.test(line));
  const last = next < 0 ? lines.length : next;
  const isKey = (line: string): boolean => line.split('=')[0]?.trim().toLowerCase() === KEY.toLowerCase();
  const kept = lines.filter((line, i) => i <= heading || i >= last || !isKey(line));
  const first = lines.findIndex((line, i) => i > heading && i < last && isKey(line));
  kept.splice(first < 0 ? heading + 1 : first, 0, wanted);
  return kept.join(end);
}
