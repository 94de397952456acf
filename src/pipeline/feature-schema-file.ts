import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { GaitwayError } from '../errors.js';
import { BUILT_IN_SCHEMAS, type FeatureSchema, parseFeatureSchema } from '../motion/index.js';
import { parseJsonText } from './json-text.js';
import type { Project } from './project.js';

/** The schema that a project's `gaitway.json` names, with its file's path made whole, or gives. */
export function schemaOfProject({ folder, config: { schema } }: Project): string | FeatureSchema {
  return typeof schema !== 'string' || Object.hasOwn(BUILT_IN_SCHEMAS, schema)
    ? schema
    : resolve(folder, schema);
}

/**
 * A feature schema by its name (`holden`, `hand-made`, `ue54`), from a JSON file, or as it is.
 *
 * @throws GaitwayError `motion/no-such-schema` where it is neither, `motion/bad-schema` where the file is wrong.
 */
export async function openFeatureSchema(nameOrFile: string | FeatureSchema): Promise<FeatureSchema> {
  if (typeof nameOrFile !== 'string') return nameOrFile;
  if (Object.hasOwn(BUILT_IN_SCHEMAS, nameOrFile)) return BUILT_IN_SCHEMAS[nameOrFile]();
  let text: string;
  try {
    text = await readFile(nameOrFile, 'utf8');
  } catch (cause) {
    throw new GaitwayError(
      'motion/no-such-schema',
      `"${nameOrFile}" is neither a feature schema by name (${Object.keys(BUILT_IN_SCHEMAS).join(', ')}) nor a JSON file that can be read.`,
      { schema: nameOrFile },
      cause,
    );
  }
  const json = parseJsonText(
    text,
    (why, cause) =>
      new GaitwayError(
        'motion/bad-schema',
        `${nameOrFile} is not JSON: ${why}.`,
        { file: nameOrFile },
        cause,
      ),
  );
  return parseFeatureSchema(json, nameOrFile);
}
