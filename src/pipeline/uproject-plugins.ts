import { type JsonMember, type JsonPlace, jsonPlaces, memberOf } from './json-places.js';

/** A plugin that a project description names. */
export interface PluginReference {
  readonly name: string;
  readonly enabled: boolean;
}

/** The plugins that the text of a `.uproject` names, in order. */
export function pluginsOf(text: string): PluginReference[] {
  return entriesOf(text).map(({ name, enabled }) => ({ name, enabled: enabled?.value === true }));
}

/** Whether the text of a `.uproject` has a list of plugins, be it empty. */
export const hasPluginList = (text: string): boolean => listOf(text).list !== undefined;

/**
 * The text with plugins switched on; every other letter stays.
 *
 * An entry that is off is changed in place. New entries come last and look like the one before them; the list
 * itself, where there is none, like the rest of the file.
 */
export function withPluginsOn(text: string, names: readonly string[]): string {
  let changed = text;
  for (const name of names) {
    const entry = find(changed, name);
    if (entry?.enabled) changed = splice(changed, entry.enabled.start, entry.enabled.end, 'true');
    else if (!entry) changed = withEntry(changed, name);
  }
  return changed;
}

/** The text with plugins off: those of `entries` no longer named, those of `flags` named as off. */
export function withPluginsOff(
  text: string,
  entries: readonly string[],
  flags: readonly string[],
  /** The list was made for these entries, so that it goes when it is empty. */
  dropsEmptyList: boolean,
): string {
  let changed = text;
  for (const name of flags) {
    const enabled = find(changed, name)?.enabled;
    if (enabled) changed = splice(changed, enabled.start, enabled.end, 'false');
  }
  for (const name of entries) {
    const { list } = listOf(changed);
    const at = list?.items.findIndex((item) => sameName(nameOf(item), name)) ?? -1;
    if (list && at >= 0) changed = without(changed, list, list.items, at);
  }
  const { root, member, list } = listOf(changed);
  if (dropsEmptyList && member && list?.items.length === 0 && root.kind === 'object')
    changed = without(changed, root, root.members, root.members.indexOf(member));
  return changed;
}

type ListPlace = Extract<JsonPlace, { kind: 'array' }>;
type PlainPlace = Extract<JsonPlace, { kind: 'plain' }>;

const splice = (text: string, start: number, end: number, into: string): string =>
  text.slice(0, start) + into + text.slice(end);

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function listOf(text: string): { root: JsonPlace; member?: JsonMember; list?: ListPlace } {
  const root = jsonPlaces(text);
  const member = memberOf(root, 'Plugins');
  if (!member) return { root };
  return member.value.kind === 'array' ? { root, member, list: member.value } : { root, member };
}

function nameOf(item: JsonPlace): string {
  const value = memberOf(item, 'Name')?.value;
  return value?.kind === 'plain' ? String(value.value) : '';
}

function entriesOf(text: string): { name: string; enabled: PlainPlace | undefined }[] {
  return (listOf(text).list?.items ?? []).map((item) => {
    const enabled = memberOf(item, 'Enabled')?.value;
    return { name: nameOf(item), enabled: enabled?.kind === 'plain' ? enabled : undefined };
  });
}

const find = (text: string, name: string): ReturnType<typeof entriesOf>[number] | undefined =>
  entriesOf(text).find((entry) => sameName(entry.name, name));

/** Text between the parts of a list or an object: how this file is laid out. */
interface Layout {
  /** After the opening bracket. */
  readonly open: string;
  /** Between two parts, the comma included. */
  readonly between: string;
  /** Before the closing bracket. */
  readonly close: string;
}

function layoutOf(
  text: string,
  whole: JsonPlace,
  parts: readonly { readonly start: number; readonly end: number }[],
): Layout {
  const [first, second] = parts;
  const last = parts[parts.length - 1];
  const open = text.slice(whole.start + 1, first.start);
  return {
    open,
    between: second ? text.slice(first.end, second.start) : `,${open}`,
    close: text.slice(last.end, whole.end - 1),
  };
}

/** One level deeper than `layout`, which is that of the file's outermost object. */
function deeper(layout: Layout, levels: number): Layout {
  const [, line = '', indent = ''] = /^(\r?\n)([ \t]*)/.exec(layout.open) ?? [];
  if (line === '') return layout;
  const open = line + indent.repeat(levels + 1);
  return { open, between: `,${open}`, close: line + indent.repeat(levels) };
}

function withEntry(text: string, name: string): string {
  const { root, member, list } = listOf(text);
  if (root.kind !== 'object') return text;
  const outer = layoutOf(text, root, root.members);
  const [firstMember] = root.members;
  const colon = text.slice(firstMember.keySpan.end, firstMember.value.start);
  const entry = (layout: Layout): string =>
    `{${layout.open}"Name"${colon}${JSON.stringify(name)}${layout.between}"Enabled"${colon}true${layout.close}}`;

  const last = list?.items[list.items.length - 1];
  if (list && last?.kind === 'object' && last.members.length > 0) {
    const { between } = layoutOf(text, list, list.items);
    return splice(text, last.end, last.end, between + entry(layoutOf(text, last, last.members)));
  }
  const inList = deeper(outer, 1);
  const fresh = `[${inList.open}${entry(deeper(outer, 2))}${inList.close}]`;
  if (member) return splice(text, member.value.start, member.value.end, fresh);
  const end = root.members[root.members.length - 1].end;
  return splice(text, end, end, `${outer.between}"Plugins"${colon}${fresh}`);
}

/** The text without one part of a list or an object, and without the comma that it wants no more. */
function without(
  text: string,
  whole: JsonPlace,
  parts: readonly { readonly start: number; readonly end: number }[],
  at: number,
): string {
  const before = parts[at - 1];
  const after = parts[at + 1];
  if (before) return splice(text, before.end, parts[at].end, '');
  if (after) return splice(text, parts[at].start, after.start, '');
  return splice(text, whole.start + 1, whole.end - 1, '');
}
