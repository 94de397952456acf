import type { MethodScore, RetrievalScore } from '../../motion/index.js';
import { barChart } from './charts.js';
import type { PagePart } from './database-sections.js';
import { section, table } from './html.js';

/** The part of the page that compares ways to search, on clips that were kept back. */
export function retrievalSection({
  manifest,
  methods,
  databaseSamples,
  querySamples,
}: { readonly manifest: string } & RetrievalScore): PagePart {
  const isRandom = ({ method }: MethodScore): boolean => method.startsWith('random');
  const rows = methods.map((m) => [
    m.method,
    m.dimension > 0 ? String(m.dimension) : '–',
    m.jp.toFixed(2),
    m.jv.toFixed(3),
    ...m.fpeAt.map((value) => value.toFixed(2)),
    m.fpe.toFixed(2),
    m.fte.toFixed(2),
    m.ffe.toFixed(2),
    isRandom(m) ? '–' : m.skill.toFixed(3),
  ]);
  const chart = barChart({
    id: 'fpe',
    title: 'Future pose error by method',
    names: 240,
    bars: methods
      .filter((method) => !isRandom(method))
      .map(({ method, fpe, interval }) => ({
        name: method,
        value: fpe,
        text: `${fpe.toFixed(2)} cm`,
        interval,
      })),
  });
  const head = ['method', 'D', 'JP', 'JV', 'FPE +1/3 s', '+2/3 s', '+1 s', 'FPE', 'FTE', 'FFE', 'skill'];
  return {
    id: 'retrieval',
    title: 'Retrieval',
    html: section(
      'retrieval',
      'Retrieval',
      `${manifest}: ${databaseSamples} database samples, ${querySamples} queries. Bars are the future pose error with its 95 % interval over clips. Centimetres; JV in m/s.`,
      chart + table(head, rows),
    ),
  };
}
