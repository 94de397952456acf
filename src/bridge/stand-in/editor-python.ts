import { z } from 'zod';
import type { HostRequests, PythonHost } from './python-host.js';

const Answer = z.object({
  result: z.unknown(),
  log: z.array(z.tuple([z.string(), z.string()])),
});

const Inspection = z.object({
  /** Titles of undo steps, oldest first. */
  undo: z.array(z.string()),
  /** Whether the editor would slow down in the background. */
  throttled: z.boolean(),
  assets: z.array(z.string()),
  /** Assets that were checked out of source control. */
  checkedOut: z.array(z.string()),
  /** What the lines of each menu say. */
  menus: z.record(z.string(), z.array(z.string())),
  /** Messages that people were shown. */
  dialogs: z.array(z.string()),
  /** Actors of the level; bones that a script put somewhere, each place x y z and rotation x y z w. */
  actors: z.array(z.object({ label: z.string(), pose: z.record(z.string(), z.array(z.number()).length(7)) })),
});
export type Inspection = z.infer<typeof Inspection>;

const CallOutcome = z.union([
  z.object({ missing: z.enum(['object', 'function', 'property']) }),
  z.object({ value: z.unknown() }),
]);
export type CallOutcome = z.infer<typeof CallOutcome>;

/** Told every line that the editor would write to its output log. */
export type EditorLog = (level: string, line: string) => void;

/** The editor's Python in typed calls. */
export class EditorPython {
  readonly #host: PythonHost;
  readonly #log: EditorLog;

  constructor(host: PythonHost, log: EditorLog) {
    this.#host = host;
    this.#log = log;
  }

  async boot(request: Omit<HostRequests['boot'], 'project' | 'plugin'>): Promise<void> {
    const { projectFolder: project, pluginFolder: plugin } = this.#host;
    await this.#ask('boot', { ...request, project, plugin });
  }

  async tick(seconds: number): Promise<void> {
    await this.#ask('tick', { seconds });
  }

  async call(request: HostRequests['call']): Promise<CallOutcome> {
    return CallOutcome.parse(await this.#ask('call', request));
  }

  async property({ object, property }: HostRequests['property']): Promise<CallOutcome> {
    return CallOutcome.parse(await this.#ask('property', { object, property }));
  }

  async inspect(): Promise<Inspection> {
    return Inspection.parse(await this.#ask('inspect', {}));
  }

  async fault(faults: HostRequests['fault']['faults']): Promise<void> {
    await this.#ask('fault', { faults });
  }

  async user(action: HostRequests['user']): Promise<void> {
    await this.#ask('user', action);
  }

  async close(): Promise<void> {
    await this.#ask('shut_down', {});
    await this.#host.close();
  }

  /** Ends without a word to the plugin. */
  async kill(): Promise<void> {
    await this.#host.close();
  }

  async #ask<Op extends keyof HostRequests>(op: Op, request: HostRequests[Op]): Promise<unknown> {
    const answer = Answer.parse(JSON.parse(await this.#host.handle(JSON.stringify({ op, ...request }))));
    for (const [level, line] of answer.log) this.#log(level, line);
    return answer.result;
  }
}
