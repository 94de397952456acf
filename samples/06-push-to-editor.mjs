/**
 * Puts the retargeted clips into an editor as AnimSequences and gets one back.
 *
 *   node samples/06-push-to-editor.mjs [FOLDER]
 *
 * Run 03-retarget-to-unreal.mjs with the same folder before. No Unreal is needed: `gaitway editor` stands in for
 * an open editor. With a real one, leave that part out and name its port.
 */
import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { COMMAND_LINE, FOLDER, gaitway } from './gaitway.mjs';

// A project of one's own, with the plugin in it.
const project = join(FOLDER, 'GaitwaySample');
cpSync(fileURLToPath(new URL('project/GaitwaySample', import.meta.url)), project, { recursive: true });
gaitway('init', '--project', project, '--yes');

// The stand-in editor opens the project and says at which port it listens; 0 takes a free one.
const editor = spawn(
  process.execPath,
  [COMMAND_LINE, 'editor', '--project', project, '--port', '0', '--json'],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
try {
  const { port } = await new Promise((resolve, reject) => {
    createInterface({ input: editor.stdout }).once('line', (line) => resolve(JSON.parse(line)));
    editor.once('exit', (code) => reject(new Error(`The stand-in editor ended with ${code}.`)));
  });
  const there = ['--project', project, '--port', String(port)];
  const pushed = gaitway(
    'push',
    join(FOLDER, 'retargeted'),
    '--to',
    '/Game/Gaitway',
    '--root-motion',
    ...there,
  );
  for (const { target, state, result } of pushed.clips)
    console.log(`${target}: ${state}, ${result.keys} keys`);

  gaitway('pull', '/Game/Gaitway/tall_walk_neutral', '--out', join(FOLDER, 'pulled'), '--force', ...there);
} finally {
  editor.kill();
}
