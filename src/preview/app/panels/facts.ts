import { type Clip, clipDuration, rateHz } from '../../../clip/index.js';
import { element } from '../element.js';
import type { PageClip } from '../page-clips.js';

/** What is known of the clips on show, as titled lists. */
export function showFacts(host: HTMLElement, shown: readonly { entry: PageClip; clip: Clip }[]): void {
  const titles = shown.length > 1 ? ['Source', 'Target'] : ['Clip'];
  host.replaceChildren(
    ...shown.flatMap(({ entry, clip }, k) => [
      factsSection(titles[k], entry, clip),
      ...(entry.scores?.length ? [scoresSection(entry)] : []),
      ...notesSection('Guessed', clip.source.guesses),
      ...notesSection(
        'Warnings',
        clip.warnings.map(({ message }) => message),
      ),
    ]),
  );
}

function factsSection(title: string, entry: PageClip, clip: Clip): HTMLElement {
  const { source } = clip;
  const rows: [string, string][] = [
    ['File', entry.file || entry.name],
    ['Take', source.take || '–'],
    ['Format', source.format === 'none' ? 'made in memory' : source.format.toUpperCase()],
    ['Frames', String(clip.frameCount)],
    ['Length', `${clipDuration(clip).toFixed(3)} s`],
    ['Rate', `${Number(rateHz(clip.rate).toFixed(3))} fps`],
    ['Joints', String(clip.skeleton.joints.length)],
    ['Unit', `${Number(source.unitMetres.toPrecision(4))} m`],
    ['Axes', source.axes],
  ];
  return element(
    'section',
    {},
    element('h2', {}, title),
    element(
      'dl',
      { class: 'rows' },
      ...rows.map(([name, value]) =>
        element('div', {}, element('dt', {}, name), element('dd', { title: value }, value)),
      ),
    ),
  );
}

function scoresSection(entry: PageClip): HTMLElement {
  return element(
    'section',
    {},
    element('h2', {}, 'Scores'),
    element(
      'dl',
      { class: 'rows' },
      ...(entry.scores ?? []).map(({ name, value, unit, limit }) =>
        element(
          'div',
          { class: limit !== undefined && value > limit ? 'over' : undefined },
          element('dt', {}, name),
          element(
            'dd',
            {},
            `${Number(value.toPrecision(3))} ${unit}${limit === undefined ? '' : ` (≤ ${limit})`}`,
          ),
        ),
      ),
    ),
  );
}

const notesSection = (title: string, notes: readonly string[]): HTMLElement[] =>
  notes.length === 0
    ? []
    : [
        element(
          'section',
          {},
          element('h2', {}, `${title} (${notes.length})`),
          element('ul', { class: 'notes' }, ...notes.map((note) => element('li', {}, note))),
        ),
      ];
