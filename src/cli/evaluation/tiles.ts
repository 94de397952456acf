import type { DatabaseAnalysis } from '../../motion/index.js';
import { percent } from './figures.js';
import { escapeHtml } from './html.js';

type Verdict = 'good' | 'fair' | 'poor';

interface Tile {
  readonly name: string;
  readonly value: string;
  readonly verdict?: Verdict | undefined;
  readonly says: string;
}

/** `good` up to the first limit, `fair` up to the second; limits fall where more is better. */
const judged = (value: number, good: number, fair: number): Verdict => {
  const isReached = good < fair ? (limit: number) => value <= limit : (limit: number) => value >= limit;
  return isReached(good) ? 'good' : isReached(fair) ? 'fair' : 'poor';
};

/** The figures that matter most, each with what it means; what is good is told in words and in colour. */
export function tiles(database: DatabaseAnalysis): string {
  const usable = database.validShare;
  const { idle, connectivity, transitions, likelyChoices, duplicates, unreal } = database;
  const first = unreal.byComponents[0];
  const all: readonly Tile[] = [
    {
      name: 'of the frames are usable',
      value: percent(usable),
      verdict: judged(usable, 0.93, 0.8),
      says: 'The others look out of their clip or are excluded, so no search answers with them.',
    },
    {
      name: 'of speeds and turns are covered',
      value: percent(database.coverageShare),
      says: 'So many cells of the table below hold half a second or more; no body covers them all.',
    },
    {
      name: 'hang together',
      value: percent(connectivity.connectedShare),
      verdict: judged(connectivity.connectedShare, 0.9, 0.7),
      says: 'Play gets from any of these frames to any other without a jump that is seen.',
    },
    {
      name: 'of best transitions pop',
      value: percent(transitions.popShare),
      verdict: transitions.jumpCm && judged(transitions.popShare, 0.02, 0.06),
      says: transitions.jumpCm
        ? `The pose jumps by more than ${transitions.barCm} cm (${transitions.joints.join(', ')}).`
        : 'These rows hold no places of joints, so jumps cannot be measured.',
    },
    {
      name: 'are never chosen',
      value: percent(likelyChoices.neverChosenShare),
      verdict: judged(likelyChoices.neverChosenShare, 0.1, 0.3),
      says: 'Other frames always fit better; they can go without loss.',
    },
    {
      name: 'repeat another clip',
      value: percent(duplicates.share),
      verdict: judged(duplicates.share, 0.05, 0.2),
      says: 'All but the same frame is there in another clip.',
    },
    ...(idle && idle.asked > 0
      ? [
          {
            name: 'of starts stay stuck',
            value: percent(idle.lockedShare),
            verdict: judged(idle.lockedShare, 0.1, 0.4),
            says: 'A standing character that is asked to set off is answered with more standing.',
          },
        ]
      : []),
    ...(first
      ? [
          {
            name: `found by Unreal’s search`,
            value: percent(first.recall),
            verdict: judged(first.recall, 0.99, 0.95),
            says: suggestion(unreal),
          },
        ]
      : []),
  ];
  return `<ul class="tiles">${all.map(tileHtml).join('')}</ul>`;
}

const WORDS: Readonly<Record<Verdict, string>> = { good: 'Good', fair: 'Fair', poor: 'Look here' };

const tileHtml = ({ name, value, verdict, says }: Tile): string =>
  `<li${verdict ? ` class="${verdict}"` : ''}><b>${escapeHtml(value)}</b><span>${escapeHtml(name)}</span><small>${verdict ? `<em>${WORDS[verdict]}.</em> ` : ''}${escapeHtml(says)}</small></li>`;

/** What to set Unreal's number of principal components to. */
export function suggestion({ byComponents, suggested }: DatabaseAnalysis['unreal']): string {
  const first = byComponents[0];
  if (first === undefined) return 'The rows have too few numbers for principal components.';
  if (suggested === undefined)
    return `No number of components up to ${byComponents.at(-1)?.components} finds 99 % of the best frames; use its brute force.`;
  return suggested === first.components
    ? `Its default of ${first.components} principal components is enough.`
    : `Its default of ${first.components} principal components misses some; set NumberOfPrincipalComponents to ${suggested}.`;
}
