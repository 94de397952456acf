import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { GaitwayError } from '../errors.js';
import { FeatureSchema } from '../motion/index.js';
import { parseJsonText } from './json-text.js';

export const CONFIG_FILE = 'gaitway.json';

const contentPath = z
  .string()
  .regex(/^\/[A-Za-z0-9_][^\s"'\\:*?<>|]*$/, 'a content path such as /Game/Motion is wanted');

/** What `gaitway.json` may say; every key has a default, so `{}` is a whole file. */
export const ProjectConfig = z.strictObject({
  $schema: z.string().optional().describe('Where editors find the description of this file.'),
  target: z
    .string()
    .min(1)
    .default('ue5-mannequin')
    .describe(
      'Skeleton to retarget to: a built-in profile (ue5-mannequin, ue4-mannequin, metahuman) or a file.',
    ),
  clips: z
    .array(z.string().min(1))
    .default(['Mocap'])
    .describe('Folders of source clips, relative to this file; commands without inputs read them.'),
  out: z
    .string()
    .min(1)
    .default('Saved/Gaitway/Retargeted')
    .describe('Folder for retargeted clips, relative to this file.'),
  content: contentPath.default('/Game/Gaitway').describe('Content folder that pushed assets go to.'),
  skeleton: contentPath
    .default('/Game/Characters/Mannequins/Meshes/SK_Mannequin')
    .describe('Skeleton asset that pushed AnimSequences belong to.'),
  schema: z
    .union([z.string().min(1), FeatureSchema])
    .default('ue54')
    .describe(
      'Motion-matching schema: holden, hand-made, ue54, a JSON file relative to this one, or the schema itself.',
    ),
  editor: z
    .strictObject({
      port: z.int().min(1).max(65535).default(30020).describe("The editor's Remote Control WebSocket port."),
    })
    .prefault({})
    .describe('How the open editor is reached.'),
});
export type ProjectConfig = z.infer<typeof ProjectConfig>;

/** An Unreal project folder with Gaitway's settings for it. */
export interface Project {
  /** Absolute. */
  readonly folder: string;
  /** The `.uproject` file, absolute. */
  readonly uproject: string;
  readonly config: ProjectConfig;
  /** Whether the folder has a `gaitway.json`; else `config` holds the defaults. */
  readonly configured: boolean;
}

/**
 * Walks up from a folder to the first one with a `.uproject` and reads the `gaitway.json` beside it; the path of a
 * `.uproject` is taken as such, which chooses among several.
 *
 * `undefined` where no folder above has a `.uproject`.
 *
 * @throws GaitwayError `project/ambiguous` where a folder has several `.uproject` files, and those of
 *   `readProjectConfig`.
 */
export function findProject(from: string): Project | undefined {
  const given = resolve(from);
  if (isUProject(given) && existsSync(given) && !statSync(given).isDirectory())
    return openProject(dirname(given), basename(given));
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const projects = listFolder(folder).filter(isUProject);
    if (projects.length > 1) {
      throw new GaitwayError(
        'project/ambiguous',
        `${folder} holds ${projects.length} .uproject files (${projects.join(', ')}); one is wanted. Give the path of yours with --project, or move the others away.`,
        { folder, projects },
      );
    }
    const [name] = projects;
    if (name) return openProject(folder, name);
    if (dirname(folder) === folder) return undefined;
  }
}

const isUProject = (name: string): boolean => name.toLowerCase().endsWith('.uproject');

function openProject(folder: string, name: string): Project {
  const file = join(folder, CONFIG_FILE);
  const configured = existsSync(file);
  return {
    folder,
    uproject: join(folder, name),
    config: configured ? readProjectConfig(file) : ProjectConfig.parse({}),
    configured,
  };
}

/**
 * The project of a folder, where a command cannot do without.
 *
 * @throws GaitwayError `project/not-found` saying where was looked.
 */
export function requireProject(from: string): Project {
  const project = findProject(from);
  if (project) return project;
  throw new GaitwayError(
    'project/not-found',
    `No .uproject lies in ${resolve(from)} or above it; run this from inside an Unreal project folder.`,
    { from: resolve(from) },
  );
}

/**
 * Reads and checks a `gaitway.json`.
 *
 * @throws GaitwayError `project/bad-config` naming the key and what it wants.
 */
export function readProjectConfig(file: string): ProjectConfig {
  const json = readProjectJson(file);
  const parsed = ProjectConfig.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .flatMap(unfolded)
    .map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  throw new GaitwayError(
    'project/bad-config',
    `${file} has ${issues.length} fault(s): ${issues.join('; ')}.`,
    {
      file,
      issues,
    },
  );
}

/** What is wrong with the schema itself, where it is given as such, instead of that it is neither text nor schema. */
function unfolded(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  const inner = issue.code === 'invalid_union' ? issue.errors.at(-1) : undefined;
  return inner
    ? inner.flatMap((each) => unfolded({ ...each, path: [...issue.path, ...each.path] }))
    : [issue];
}

/**
 * What a `gaitway.json` says, unchecked.
 *
 * @throws GaitwayError `project/bad-config` where it cannot be read or is not JSON.
 */
export function readProjectJson(file: string): unknown {
  return parseJsonText(
    readConfigText(file),
    (why, cause) => new GaitwayError('project/bad-config', `${file} is not JSON: ${why}.`, { file }, cause),
  );
}

function readConfigText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new GaitwayError('project/bad-config', `${file} cannot be read (${why}).`, { file }, cause);
  }
}

/** The JSON Schema of `gaitway.json`, as published in schema/gaitway.schema.json. */
export function projectJsonSchema(): unknown {
  return { title: CONFIG_FILE, ...z.toJSONSchema(ProjectConfig, { io: 'input' }) };
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A folder above that may not be read cannot be the project's.
    return [];
  }
}
