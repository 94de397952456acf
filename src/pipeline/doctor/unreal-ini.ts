import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readTextFile } from '../text-file.js';

/** Reads a key of a section of one of the project's settings; undefined where no file has it. */
export type IniReader = (section: string, key: string) => string | undefined;

/**
 * The settings of one kind (`Engine`, `RemoteControl`) that a project has, as Unreal puts them together: the project's
 * `Config/Default….ini`, then what the editor saved for this machine, which wins.
 */
export function projectIni(folder: string, kind: string): IniReader {
  const files = [join(folder, 'Config', `Default${kind}.ini`), ...savedFiles(folder, kind)].filter(
    existsSync,
  );
  const texts = files.map((file) => readTextFile(file).text);
  return (section, key) => {
    const found = texts.map((text) => valueIn(text, section, key)).filter((value) => value !== undefined);
    return found[found.length - 1];
  };
}

/** `Saved/Config/WindowsEditor` and the like. */
function savedFiles(folder: string, kind: string): string[] {
  const saved = join(folder, 'Saved', 'Config');
  if (!existsSync(saved)) return [];
  return readdirSync(saved)
    .filter((name) => name.endsWith('Editor'))
    .map((name) => join(saved, name, `${kind}.ini`));
}

function valueIn(text: string, section: string, key: string): string | undefined {
  let isInside = false;
  let value: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\s*\[(.*)\]\s*$/.exec(line);
    if (heading) isInside = heading[1] === section;
    const entry = isInside ? /^\s*([^;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) : null;
    if (entry?.[1]?.toLowerCase() === key.toLowerCase()) value = entry[2]?.replace(/^"(.*)"$/, '$1');
  }
  return value;
}

/** A yes or no of a settings file; Unreal writes True and False, and reads 1, yes and on too. */
export function isYes(value: string | undefined, unlessSaid: boolean): boolean {
  return value === undefined ? unlessSaid : /^(true|1|yes|on)$/i.test(value);
}
