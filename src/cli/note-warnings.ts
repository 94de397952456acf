import type { ClipWarning } from '../pipeline/index.js';
import type { CliContext } from './context.js';

/** One line on stderr for every kind of warning, however many clips have it. */
export function noteWarnings(context: CliContext, warnings: readonly ClipWarning[]): void {
  const kinds = new Map<string, ClipWarning[]>();
  for (const warning of warnings) {
    const kind = kinds.get(warning.code);
    if (kind) kind.push(warning);
    else kinds.set(warning.code, [warning]);
  }
  for (const [code, [first, ...others]] of kinds) {
    const also = others.length > 0 ? ` (and ${others.length} more)` : '';
    context.note(`warning: ${first.clip}: ${first.message} [${code}]${also}`);
  }
}
