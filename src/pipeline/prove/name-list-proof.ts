import { copyFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GaitwayError } from '../../errors.js';
import { readTextFile } from '../text-file.js';
import type { ProofStep } from './proof.js';

/** The list of everything that Python finds in this very editor; copied beside the report. */
export const nameListProof = (copyTo: string): ProofStep => ({
  id: 'name-list',
  assumed: 'The editor writes a list of its Python names when Developer Mode is on.',
  done: 'Looked for Intermediate/PythonStub/unreal.py in the project.',
  run: async ({ project }) => {
    const file = join(project.folder, 'Intermediate', 'PythonStub', 'unreal.py');
    const facts = await stat(file).catch(() => undefined);
    if (!facts) {
      throw new GaitwayError(
        'proof/no-name-list',
        'It is not there. Tick Edit → Editor Preferences → Plugins → Python → Developer Mode, restart the editor, and prove again: ' +
          'the list settles what else is unsure.',
        { file },
      );
    }
    const classes = readTextFile(file).text.match(/^class /gm)?.length ?? 0;
    await copyFile(file, copyTo);
    return {
      seen: `${classes} classes, ${facts.size} bytes; a copy lies at ${copyTo}.`,
      isProven: classes > 0,
    };
  },
});
