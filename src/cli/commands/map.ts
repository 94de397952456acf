import { Command } from 'commander';
import { z } from 'zod';
import {
  type MappedEnd,
  type MapReport,
  mapReport,
  openTarget,
  readBoneMap,
  writeFileAtomic,
} from '../../pipeline/index.js';
import { makeBoneMap } from '../../retarget/index.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';

const Flags = z.object({
  out: z.string().min(1).optional(),
  map: z.string().min(1).optional(),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `map SOURCE TARGET`: which joint plays which part, and how sure that is. */
export function mapCommand(context: CliContext): Command {
  return new Command('map')
    .summary('show which joint plays which part in two skeletons')
    .description(
      'Show which joint of SOURCE and of TARGET plays which part of the body and how sure that is, and write it as a bone map file to edit and share.',
    )
    .argument('<source>', 'an animation file or a built-in skeleton')
    .argument('<target>', 'a built-in skeleton (ue5-mannequin, ue4-mannequin, metahuman) or a file with one')
    .option('--out <file>', 'write the bone map as JSON')
    .option('--map <file>', 'a bone map to apply first; what it leaves out is found as without it')
    .option('--force', 'replace the file of --out')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway map walk.bvh ue5-mannequin\n  gaitway map walk.bvh ue5-mannequin --out walk-to-ue5.json\n  gaitway map walk.bvh hero.glb --map walk-to-hero.json --json',
    )
    .action(async (sourceName: string, targetName: string, raw: unknown) => {
      const { out, map: mapFile, force, json } = parseFlags(Flags, raw);
      const map = mapFile === undefined ? undefined : await readBoneMap(mapFile);
      const source = await openTarget(sourceName, map && { map, end: 'source' });
      const target = await openTarget(targetName, map && { map, end: 'target' });
      const report = mapReport(source, target);
      if (out !== undefined) {
        await writeFileAtomic(out, `${JSON.stringify(makeBoneMap(source, target), null, 2)}\n`, { force });
        context.note(`wrote ${out}`);
      }
      context.print(
        json ? JSON.stringify({ ok: true, ...report, out: out ?? null }, null, 2) : asTable(report),
      );
    });
}

const NONE = '-';
const MOST_LISTED = 24;

function asTable(report: MapReport): string {
  const rows = report.roles.map(({ role, source, target, certainty }) => [
    role,
    source ?? NONE,
    target ?? NONE,
    certainty === null ? NONE : certainty.toFixed(2),
  ]);
  const chains = report.chains.map(({ chain, source, target }) => [
    chain,
    source.join(' > ') || NONE,
    target.join(' > ') || NONE,
  ]);
  return [
    `source  ${inWords(report.source)}`,
    `target  ${inWords(report.target)}`,
    '',
    ...columns([['role', 'source', 'target', 'certainty'], ...rows]),
    '',
    ...columns([['chain', 'source', 'target'], ...chains]),
    '',
    `no part, source  ${listed(report.source.unmapped)}`,
    `no part, target  ${listed(report.target.unmapped)}`,
    ...[...report.source.warnings, ...report.target.warnings].map(({ message }) => `warning: ${message}`),
  ].join('\n');
}

const inWords = ({ name, family, joints, root, twists, helpers }: MappedEnd): string =>
  `${name}: ${joints} joints, family ${family}, root ${root ?? NONE}, ${twists.length} twist and ${helpers.length} helper joints`;

const listed = (names: readonly string[]): string =>
  names.length === 0
    ? NONE
    : names.slice(0, MOST_LISTED).join(', ') + (names.length > MOST_LISTED ? `, … (${names.length})` : '');

/** Rows with their columns made one width. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, c) => Math.max(...rows.map((row) => row[c].length)));
  return rows.map((row) =>
    row
      .map((cell, c) => cell.padEnd(widths[c]))
      .join('  ')
      .trimEnd(),
  );
}
