import { type ClipRange, type DatabaseAnalysis, GAITS, overGaits } from '../../motion/index.js';
import { barChart, histogram } from './charts.js';
import { figure, grouped, percent, rangeText, secondsOf } from './figures.js';
import { frameMap } from './frame-map.js';
import { heatMap } from './heat-map.js';
import { escapeHtml, folded, section, table } from './html.js';
import { clipStripes } from './strips.js';
import { suggestion } from './tiles.js';

export interface PagePart {
  readonly id: string;
  readonly title: string;
  readonly html: string;
}

const none = (text: string): string => `<p class="none">${escapeHtml(text)}</p>`;
const part = (id: string, title: string, lead: string, inside: string): PagePart => ({
  id,
  title,
  html: section(id, title, lead, inside),
});

/** The parts of the page that tell of a database, in order. */
export function databaseSections(database: DatabaseAnalysis): PagePart[] {
  return [
    recordPart(database),
    coveragePart(database),
    mapPart(database),
    transitionsPart(database),
    ...(database.idle ? [startsPart(database.idle)] : []),
    connectivityPart(database),
    clipsPart(database),
    repeatsPart(database),
    unrealPart(database),
  ];
}

const MOST_RECORDED = 12;

function recordPart(database: DatabaseAnalysis): PagePart {
  const takes = database.recordNext.slice(0, MOST_RECORDED);
  const most = Math.max(...takes.map(({ wanted }) => wanted), 1e-9);
  const items = takes.map(
    ({ what, wanted, seconds }) =>
      `<li><span>${escapeHtml(what)}</span><span class="bar" aria-hidden="true"><i style="width:${((100 * wanted) / most).toFixed(0)}%"></i></span><b>${wanted.toFixed(1)} s</b><small>has ${seconds.toFixed(1)} s</small></li>`,
  );
  return part(
    'record',
    'Record next',
    'What the database holds promises these, and lacks them: a turn that it has to the left only, a speed between two that it has, a start that play would ask for. Most wanted first.',
    items.length > 0 ? `<ol class="record">${items.join('')}</ol>` : none('Nothing stands out.'),
  );
}

function coveragePart({
  coverage,
  coverageShare,
  thinSpots,
  gaits,
  gaitsAreTagged,
  tags,
}: DatabaseAnalysis): PagePart {
  const gaitBars = barChart({
    id: 'gaits',
    title: 'Seconds by gait',
    names: 60,
    bars: gaits.map(({ gait, seconds }) => ({ name: gait, value: seconds, text: `${seconds.toFixed(1)} s` })),
  });
  const others = tags.filter(
    ({ tag, seconds }) => seconds > 0 && !(GAITS as readonly string[]).includes(tag),
  );
  const tagBars =
    others.length > 0
      ? `<div><h3>By other tags</h3>${barChart({
          id: 'tags',
          title: 'Seconds by tag',
          names: 110,
          bars: others.map(({ tag, seconds }) => ({
            name: tag,
            value: seconds,
            text: `${seconds.toFixed(1)} s`,
          })),
        })}</div>`
      : '';
  return part(
    'coverage',
    'Coverage',
    `Seconds of usable frames. ${percent(coverageShare)} of the cells hold half a second or more; dashed frames are thin spots. Gaits come from ${gaitsAreTagged ? 'the tags' : 'the speed in leg lengths'}.`,
    `<div class="scroll" tabindex="0" role="region" aria-label="Seconds by speed and turn">${heatMap(overGaits(coverage), thinSpots)}</div><div class="pair"><div><h3>By gait</h3>${gaitBars}</div>${tagBars}</div>`,
  );
}

function mapPart({ map, likelyChoices }: DatabaseAnalysis): PagePart {
  return part(
    'map',
    'Map of frames',
    `Frames that are compared as alike lie side by side (first two principal components, ${percent(map.shownShare)} of the variance). Islands are motions that nothing leads to.`,
    `<div class="pair"><div>${frameMap(map)}</div><div><h3>Cost of the best answer</h3>${histogram({
      id: 'answers',
      title: 'Costs of the best answers to likely queries',
      spread: likelyChoices.costs,
      unit: 'cost',
    })}${none(`${likelyChoices.queries} queries beside frames of the database, each strayed from its frame about as far as the next like moment is.`)}</div></div>`,
  );
}

function transitionsPart({ transitions }: DatabaseAnalysis): PagePart {
  const { costs, jumpCm, barCm, pops, popShare, joints } = transitions;
  const rows = pops.map(({ from, to, jumpCm: jump }) => [
    from.clip,
    secondsOf(from),
    to.clip,
    secondsOf(to),
    `${jump.toFixed(1)} cm`,
  ]);
  return part(
    'transitions',
    'Transitions',
    jumpCm
      ? `The best way out of each frame that was looked at, half a second or more away. In ${percent(popShare)} of them the pose (${joints.join(', ')}) jumps by more than ${barCm} cm.`
      : 'The best way out of each frame that was looked at, half a second or more away. These rows hold no places of joints, so only costs are told.',
    `<div class="pair">${
      jumpCm
        ? `<div><h3>Jump of the pose</h3>${histogram({ id: 'jumps', title: 'Jump of the pose in best transitions', spread: jumpCm, unit: 'cm', limit: barCm })}</div>`
        : ''
    }<div><h3>Cost</h3>${histogram({ id: 'costs', title: 'Costs of best transitions', spread: costs, unit: 'cost' })}</div></div>${
      rows.length > 0
        ? folded(`Where it pops most (${rows.length})`, table(['out of', 'at', 'into', 'at', 'jump'], rows))
        : ''
    }`,
  );
}

function startsPart(idle: NonNullable<DatabaseAnalysis['idle']>): PagePart {
  const inside =
    idle.asked === 0
      ? none('No usable frame stands, so a character that stops has nothing to stand with.')
      : barChart({
          id: 'wishes',
          title: 'Share of standing frames that do not set off',
          most: 1,
          names: 130,
          bars: idle.wishes.map(({ name, lockedShare }) => ({
            name,
            value: lockedShare,
            text: percent(lockedShare),
          })),
        }) + ranges('Standing that no wish gets out of', idle.locked);
  return part(
    'starts',
    'Starts from standing',
    `${idle.idleSeconds.toFixed(1)} s stand. From ${idle.asked} standing frames a character was asked to set off; a bar says how often the best frame, a second on, had not gone half as far as was wished.`,
    inside,
  );
}

function connectivityPart({ connectivity, transitions }: DatabaseAnalysis): PagePart {
  const { connectedShare, islands, unreachable, inescapable } = connectivity;
  const bar = barChart({
    id: 'connected',
    title: 'Share of frames that hang together',
    most: 1,
    names: 130,
    bars: [
      { name: 'hang together', value: connectedShare, text: percent(connectedShare) },
      { name: 'apart', value: 1 - connectedShare, text: percent(1 - connectedShare) },
    ],
  });
  const good = transitions.jumpCm ? `at most ${transitions.barCm} cm` : 'of a usual cost';
  return part(
    'connectivity',
    'Connectivity',
    `Along clips and over transitions ${good}, play gets from any frame of the largest island to any other; there ${islands === 1 ? 'is 1 island' : `are ${islands} islands`}.`,
    bar + ranges('Cannot be reached from it', unreachable) + ranges('Cannot be left for it', inescapable),
  );
}

function clipsPart({ strips, dead, likelyChoices, playedChoices, sample }: DatabaseAnalysis): PagePart {
  const played = playedChoices
    ? ` Play chose ${percent(playedChoices.chosenShare)} of the usable frames in ${grouped(playedChoices.choices)} choices, over the clips with an evenness of ${playedChoices.evenness.toFixed(2)} (1: each as its length has it, 0: all from one).`
    : '';
  return part(
    'clips',
    'Clips over time',
    `The clips with most that brings nothing. ${percent(dead.share)} of all frames are dead, ${percent(dead.blockedShare)} may only be played on to; ${percent(likelyChoices.neverChosenShare)} of ${grouped(sample.probes)} frames that were asked for were never chosen.${played}`,
    clipStripes(strips),
  );
}

function repeatsPart({ duplicates }: DatabaseAnalysis): PagePart {
  const rows = duplicates.pairs.map(({ first, second, cost, cm }) => [
    first.clip,
    secondsOf(first),
    second.clip,
    secondsOf(second),
    `${figure(cost)}`,
    cm === undefined ? '–' : `${cm.toFixed(1)} cm`,
  ]);
  return part(
    'repeats',
    'Repeats',
    `${percent(duplicates.share)} of the frames are nearer than a cost of ${figure(duplicates.limit)} to a frame of another clip: a thousandth of what two frames at random are apart.`,
    rows.length > 0
      ? folded(
          `Pairs, longest first (${rows.length})`,
          table(['clip', 'at', 'is like', 'at', 'cost', 'apart'], rows),
        )
      : none('No two clips repeat each other.'),
  );
}

function unrealPart({ unreal }: DatabaseAnalysis): PagePart {
  const inside = barChart({
    id: 'unreal',
    title: 'Recall of Unreal’s search by number of principal components',
    most: 1,
    names: 130,
    bars: unreal.byComponents.map(({ components, recall }) => ({
      name: `${components} components`,
      value: recall,
      text: percent(recall),
    })),
  });
  const extra = table(
    ['components', 'recall', 'extra cost'],
    unreal.byComponents.map(({ components, recall, extraCost }) => [
      String(components),
      percent(recall),
      percent(extraCost),
    ]),
  );
  return part(
    'unreal',
    'Unreal’s search',
    `How often its tree over principal components (200 neighbours, then compared in full) finds a frame as good as the best, over ${unreal.queries} likely queries. ${suggestion(unreal)}`,
    inside + folded('With what a miss costs', extra),
  );
}

function ranges(summary: string, all: readonly ClipRange[]): string {
  if (all.length === 0) return '';
  return folded(
    `${summary} (${all.length}${all.length === 30 ? ' longest' : ''})`,
    `<ul>${all.map((range) => `<li>${escapeHtml(rangeText(range))}</li>`).join('')}</ul>`,
  );
}
