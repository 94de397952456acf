import type { Proof, ProofReport } from './proof.js';

const asText = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

const WORDS: Readonly<Record<Proof['outcome'], string>> = {
  proven: 'proven',
  disproven: 'disproven',
  'not-run': 'could not be run',
};

const STYLE = `
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; color: #1c2026; }
h1 { font-size: 1.4rem; } h2 { font-size: 1rem; margin: 1.6rem 0 0.2rem; }
dl { display: grid; grid-template-columns: 5rem 1fr; gap: 0.1rem 1rem; margin: 0; } dt { color: #68707c; }
dd { margin: 0; overflow-wrap: anywhere; }
.outcome { padding: 0.05rem 0.5rem; border-radius: 4px; font-size: 0.85rem; font-weight: 600; }
.proven { background: #d9f2e0; color: #14532d; } .disproven { background: #fbdcd6; color: #7c1d0a; }
.not-run { background: #fdf0c8; color: #6b4e00; }`;

/** A report as a page to read and to send. */
export function proofAsHtml(report: ProofReport): string {
  const { counts, proofs, left } = report;
  const facts = `Gaitway ${report.gaitway}, Unreal ${report.engine}, ${report.platform}, Python ${report.python}; ${report.bones} bones of ${report.skeleton}`;
  const sum = `${counts.proven} proven, ${counts.disproven} disproven, ${counts['not-run']} could not be run.`;
  const parts = proofs.map(
    ({ id, assumed, done, seen, outcome }) =>
      `<h2>${asText(id)} <span class="outcome ${outcome}">${WORDS[outcome]}</span></h2>
<dl><dt>Assumed</dt><dd>${asText(assumed)}</dd><dt>Done</dt><dd>${asText(done)}</dd><dt>Seen</dt><dd>${asText(seen)}</dd></dl>`,
  );
  const rest =
    left.length > 0 ? `<p>Could not be removed, delete by hand: ${asText(left.join(', '))}</p>` : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>What Unreal does: ${asText(sum)}</title><style>${STYLE}</style></head><body>
<h1>What Unreal does</h1>
<p>${asText(facts)}</p>
<p><b>${asText(sum)}</b> Please send this folder back; it holds nothing but what you see here, the same as JSON, and the names that
Python finds in your editor.</p>
${rest}
${parts.join('\n')}
</body></html>
`;
}
