/** A stand-in editor for one bench: prints its port, does what lines on its input say with the mouse. */
import { createInterface } from 'node:readline';
import { startStandInEditor } from '../../../dist/pipeline/index.js';

const [projectFolder, tickHz] = process.argv.slice(2);
const editor = await startStandInEditor({ port: 0, projectFolder, tickHz: Number(tickHz) });
console.log(editor.port);
for await (const line of createInterface({ input: process.stdin })) await editor.user(JSON.parse(line));
await editor.close();
