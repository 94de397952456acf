/** The comparison as a table in Markdown. */
const HEAD = [
  '',
  'FPE cm',
  'noisy',
  'predicted',
  'jump cm',
  'jumps /s',
  'path error cm',
  'slide cm/s',
  'jerk',
  'response s',
  'numbers',
  'training s',
  'query µs',
];

const fixed = (value, digits) => (value === undefined ? '-' : value.toFixed(digits));

export function tableOf(rows) {
  const lines = rows.map(({ name, skill, play, query, seconds }) => [
    name,
    fixed(skill.true?.fpe, 2),
    fixed(skill.noisy?.fpe, 2),
    fixed(skill.predicted?.fpe, 2),
    fixed(skill.true?.jp, 2),
    fixed(play?.jumpsPerSecond, 2),
    fixed(play?.errorCm, 2),
    fixed(play?.slideCm, 1),
    fixed(play?.jerk, 2),
    fixed(play?.responseSeconds, 3),
    query ? query.weights.toLocaleString('en') : '-',
    fixed(seconds, 0),
    fixed(query?.micros, 0),
  ]);
  return `${[HEAD, HEAD.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}
