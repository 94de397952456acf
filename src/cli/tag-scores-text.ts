import type { GroupScore } from '../motion/index.js';

/** Scores of tags in sentences, a line for each group. */
export function tagScoresText(scores: readonly GroupScore[]): string[] {
  return scores.map(({ group, clips, frames, accuracy, clipAccuracy, tags }) => {
    const each = tags.map(
      ({ tag, f1, changeF1 }) =>
        `${tags.length > 1 ? `${tag} ` : ''}F1 ${f1.toFixed(3)}${changeF1 === undefined ? '' : `, changes within 2 frames ${changeF1.toFixed(3)}`}`,
    );
    return `${group}: ${percent(accuracy)} of ${frames} frames right, ${percent(clipAccuracy)} of ${clips} clips (${each.join('; ')})`;
  });
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
