import type { CliContext } from './context.js';

/** How far a long piece of work has come, told on stderr. */
export interface Progress {
  /** `done` of `total`, with a word on what is being worked on. */
  update(done: number, total: number, what?: string): void;
  /** Clears the bar and notes a sentence on a line of its own. */
  note(text: string): void;
  /** Clears the bar; later notes begin on a fresh line. */
  end(): void;
}

const BAR_WIDTH = 24;
const LINE_EVERY_MS = 5_000;

/** A bar on a terminal, a line every five seconds elsewhere, nothing where the work is over sooner. */
export function makeProgress(context: CliContext, label: string): Progress {
  let last = Date.now();
  let drawn = false;
  const end = (): void => {
    if (drawn) process.stderr.write('\r\x1b[2K');
    drawn = false;
  };
  return {
    update(done, total, what = '') {
      const share = total > 0 ? Math.min(1, done / total) : 0;
      if (context.interactive) {
        const bar = '█'.repeat(Math.round(share * BAR_WIDTH)).padEnd(BAR_WIDTH, '·');
        process.stderr.write(`\r\x1b[2K${label} ${bar} ${done}/${total} ${what}`.slice(0, 160));
        drawn = true;
      } else if (Date.now() - last > LINE_EVERY_MS) {
        last = Date.now();
        context.note(`${label}: ${done} of ${total}${what ? ` (${what})` : ''}`);
      }
    },
    note(text) {
      end();
      context.note(text);
    },
    end,
  };
}
