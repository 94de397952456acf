import type { Clip } from '../../clip/index.js';
import type { Body, RetargetReport } from '../../retarget/index.js';
import type { RetargetAnswer } from './retarget-messages.js';

/** Retargets clips beside the page, so that it goes on drawing; the worker is started with the first clip. */
export class Retargeter {
  #worker: Worker | undefined;
  #asked = 0;
  readonly #waiting = new Map<number, (answer: RetargetAnswer) => void>();

  /**
   * Carries a clip onto a built-in skeleton.
   *
   * @throws Error with the retargeter's own sentence where it cannot be done.
   */
  async retarget(clip: Clip, body: Body, target: string): Promise<{ clip: Clip; report: RetargetReport }> {
    this.#worker ??= this.#startWorker();
    const id = ++this.#asked;
    const answer = new Promise<RetargetAnswer>((resolve) => this.#waiting.set(id, resolve));
    this.#worker.postMessage({ id, clip, body, target });
    const result = await answer;
    if ('fault' in result) throw new Error(result.fault);
    return result;
  }

  #startWorker(): Worker {
    const worker = new Worker(new URL('./retarget-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<RetargetAnswer>) => {
      this.#waiting.get(data.id)?.(data);
      this.#waiting.delete(data.id);
    });
    return worker;
  }
}
