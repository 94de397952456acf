import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { faultsInWords, GaitwayError } from '../errors.js';
import { CONTACT_CURVES } from './contact-curves.js';
import { parseJsonText } from './json-text.js';

/** First and last frames of stretches, counted at the clip's own rate, by what holds in them. */
const Stretches = z.record(z.string().min(1), z.array(z.tuple([z.int().min(0), z.int().min(0)])));

/** A list of clips with what a person knows of them; fields that are not read here are let through. */
const ManifestFile = z.looseObject({
  families: z.record(z.string(), z.looseObject({ roles: z.record(z.string(), z.string()) })).default({}),
  files: z
    .array(
      z.looseObject({
        name: z.string().min(1),
        split: z.enum(['train', 'test']),
        skeleton_family: z.string().optional(),
        label: z.union([z.string(), z.looseObject({ content: z.string().optional() })]).optional(),
        fps: z.number().positive().optional(),
        frames: z.int().positive().optional(),
        contacts: Stretches.optional(),
        spans: Stretches.optional(),
      }),
    )
    .min(1),
});

export interface ManifestClip {
  /** As the manifest has it, with `/` between folders. */
  readonly name: string;
  readonly file: string;
  readonly split: 'train' | 'test';
  /** What the clip is a sample of (`walk`, `run`, …); empty where the manifest does not say. */
  readonly label: string;
  /** Family of skeletons; empty where the manifest does not say. */
  readonly family: string;
  /** What is marked in parts of the clip, feet that stand as `contact-left` and `contact-right`. */
  readonly marked?: MarkedStretches;
  /** Joint names by role; nothing where the manifest does not say. */
  readonly roles?: Readonly<Record<string, string>>;
}

/** Stretches of a clip by what holds in them: first and last frames of `frames` ones at `fps` frames a second. */
export interface MarkedStretches {
  readonly fps: number;
  /** How long the clip is; nothing where the manifest does not say. */
  readonly frames: number | undefined;
  readonly stretches: Readonly<Record<string, readonly (readonly [number, number])[]>>;
}

/**
 * The clips of a manifest: `{families: {NAME: {roles}}, files: [{name, split, skeleton_family}]}`, with clips beside it.
 *
 * @throws GaitwayError `manifest/unreadable`, `manifest/invalid`, `manifest/unknown-family`,
 *   `manifest/outside-folder` where a name leads out of the manifest's folder.
 */
export async function readManifest(path: string): Promise<ManifestClip[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new GaitwayError(
      'manifest/unreadable',
      `The manifest ${path} cannot be read (${(cause as NodeJS.ErrnoException).code ?? cause}); name a JSON file that lists clips.`,
      { file: path },
      cause,
    );
  }
  const json = parseJsonText(
    text,
    (why, cause) =>
      new GaitwayError(
        'manifest/invalid',
        `The manifest ${path} is not JSON: ${why}.`,
        { file: path },
        cause,
      ),
  );
  const parsed = ManifestFile.safeParse(json);
  if (!parsed.success) {
    throw new GaitwayError(
      'manifest/invalid',
      `The manifest ${path} is not in order:\n${faultsInWords(parsed.error.issues)}`,
      { file: path },
    );
  }
  const { families, files } = parsed.data;
  return files.map(({ name, split, skeleton_family: family, label, ...marks }) => {
    if (name.split(/[\\/]/).includes('..') || isAbsolute(name)) {
      throw new GaitwayError(
        'manifest/outside-folder',
        `The manifest ${path} names "${name}"; clips must lie in the manifest's own folder.`,
        { file: path, name },
      );
    }
    const roles = family === undefined ? undefined : families[family]?.roles;
    if (family !== undefined && !roles) {
      throw new GaitwayError(
        'manifest/unknown-family',
        `The manifest ${path} says that ${name} is of the family "${family}", but describes no such family.`,
        { file: path, name, family },
      );
    }
    return {
      name,
      file: resolve(dirname(path), name),
      split,
      family: family ?? '',
      label: (typeof label === 'string' ? label : label?.content) ?? '',
      ...(roles && { roles }),
      ...markedIn(path, name, marks),
    };
  });
}

type Marks = Pick<z.infer<typeof ManifestFile>['files'][number], 'fps' | 'frames' | 'contacts' | 'spans'>;

function markedIn(
  path: string,
  name: string,
  { fps, frames, contacts = {}, spans = {} }: Marks,
): { marked?: MarkedStretches } {
  const renamed = Object.entries(contacts).map(([curve, stretches]) => [
    CONTACT_CURVES.find((known) => known.curve === curve)?.tag ?? curve,
    stretches,
  ]);
  const all = { ...spans, ...Object.fromEntries(renamed) } as MarkedStretches['stretches'];
  if (Object.keys(all).length === 0) return {};
  if (fps !== undefined) return { marked: { fps, frames, stretches: all } };
  throw new GaitwayError(
    'manifest/invalid',
    `The manifest ${path} marks stretches of ${name} by frames, but does not say its "fps".`,
    { file: path, name },
  );
}
