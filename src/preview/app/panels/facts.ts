import { BODY_ROLES, clipDuration, rateHz } from '../../../clip/index.js';
import { element } from '../element.js';
import type { PageClip } from '../page-clips.js';
import type { Shown } from '../selection.js';
import type { ShownClip } from '../shown-clip.js';

/** A role that is less sure than this should be looked at. */
const DOUBTFUL = 0.6;

interface Row {
  readonly name: string;
  readonly value: string;
  readonly marked?: boolean;
}

/** What is known of the clips on show, as titled lists; the target comes first. */
export function showFacts(host: HTMLElement, clips: readonly Shown[]): void {
  const titles = clips.length > 1 ? ['Source', 'Target'] : ['Clip'];
  const parts = clips.map(({ entry, shown }, k) => [
    section(titles[k], rows(clipRows(entry, shown))),
    ...scoresSection(entry),
    // What was guessed of the source is told there.
    ...(k > 0 && shown.clip.source.file === clips[0].shown.clip.source.file
      ? []
      : notesSection('Guessed', shown.clip.source.guesses)),
    ...notesSection(
      'Warnings',
      [...shown.clip.warnings, ...(shown.anatomy.body?.warnings ?? [])].map(({ message }) => message),
    ),
    rolesSection(shown),
  ]);
  host.replaceChildren(...parts.reverse().flat());
}

function clipRows(entry: PageClip, { clip, anatomy, height }: ShownClip): Row[] {
  const { source } = clip;
  const { body } = anatomy;
  return [
    { name: 'File', value: entry.file || entry.name },
    ...(source.take ? [{ name: 'Take', value: source.take }] : []),
    ...(source.format === 'none' ? [] : [{ name: 'Format', value: source.format.toUpperCase() }]),
    { name: 'Family', value: body?.family ?? 'no biped', marked: body === undefined },
    { name: 'Frames', value: String(clip.frameCount) },
    { name: 'Length', value: `${clipDuration(clip).toFixed(3)} s` },
    { name: 'Rate', value: `${Number(rateHz(clip.rate).toFixed(3))} fps` },
    { name: 'Joints', value: String(clip.skeleton.joints.length) },
    { name: 'Height', value: `${height.toFixed(2)} m in frame 0` },
    { name: 'Unit', value: `${Number(source.unitMetres.toPrecision(4))} m` },
    { name: 'Axes', value: source.axes },
    ...(anatomy.contacts
      ? [{ name: 'Contacts', value: anatomy.contacts.found ? 'found from the feet' : 'from the clip' }]
      : []),
  ];
}

const scoresSection = ({ scores = [] }: PageClip): HTMLElement[] =>
  scores.length === 0
    ? []
    : [
        section(
          'Scores',
          rows(
            scores.map(({ name, value, unit, isOver = false }) => ({
              name,
              value: `${value.toFixed(value < 10 ? 2 : 1)} ${unit}`,
              marked: isOver,
            })),
          ),
        ),
      ];

const notesSection = (title: string, notes: readonly string[]): HTMLElement[] =>
  notes.length === 0
    ? []
    : [
        section(
          `${title} (${notes.length})`,
          element('ul', { class: 'notes' }, ...notes.map((note) => element('li', {}, note))),
        ),
      ];

/** The bone map: which joint is which part of the body, and how sure that is. */
function rolesSection({ clip, anatomy }: ShownClip): HTMLElement {
  const { body, fault } = anatomy;
  if (!body) return section('Roles', element('p', {}, fault ?? ''));
  const known = BODY_ROLES.filter((role) => body.roles[role] !== undefined);
  return element(
    'details',
    { class: 'section' },
    element('summary', {}, `Roles (${known.length} of ${BODY_ROLES.length})`),
    rows(
      BODY_ROLES.map((role) => {
        const joint = body.roles[role];
        const certainty = body.certainty[role] ?? 0;
        return joint === undefined
          ? { name: role, value: '–' }
          : {
              name: role,
              value: `${clip.skeleton.joints[joint].name}  ${Math.round(100 * certainty)} %`,
              marked: certainty < DOUBTFUL,
            };
      }),
    ),
  );
}

const section = (title: string, content: HTMLElement): HTMLElement =>
  element('section', { class: 'section' }, element('h2', {}, title), content);

const rows = (list: readonly Row[]): HTMLElement =>
  element(
    'dl',
    { class: 'rows' },
    ...list.map(({ name, value, marked }) =>
      element(
        'div',
        { class: marked ? 'marked' : undefined },
        element('dt', {}, name),
        element('dd', { title: value }, value),
      ),
    ),
  );
