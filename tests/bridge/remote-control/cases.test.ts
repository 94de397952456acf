import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { pushEach } from '../../../src/bridge/editor/push-each.js';
import { RemoteControl } from '../../../src/bridge/remote-control/client.js';
import { type SeenRequest, scriptedEditor } from '../scripted-editor.js';

const CASES = new URL('../../../../shared/cases/', import.meta.url);
const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, CASES), 'utf8')) as T;
const withId = (reply: object, id: number): string => JSON.stringify(reply).replaceAll('"$Id"', String(id));

describe.skipIf(!existsSync(new URL('live-replies-out-of-order/', CASES)))(
  'case live-replies-out-of-order',
  () => {
    interface Step {
      readonly frame: 'text' | 'binary';
      readonly message?: object;
      readonly reply_to?: number;
      readonly reply?: object;
      readonly split_bytes_at?: number;
    }

    it('hands each call its own answer', async () => {
      const { rules } = read<{ rules: [{ collect: number; then: Step[] }] }>(
        'live-replies-out-of-order/mock.json',
      );
      const held: SeenRequest[] = [];
      const editor = await scriptedEditor((request, socket) => {
        held.push(request);
        if (held.length < rules[0].collect) return;
        for (const step of rules[0].then) playStep(step, held, socket);
      });
      const remote = new RemoteControl({ port: editor.port, timeoutMs: 2_000 });
      const ask = (n: number): Promise<unknown> =>
        remote.request({ verb: 'GET', url: `/remote/thing/${n}` }, { purpose: `asking for thing ${n}` });
      const [first, second, third] = await Promise.allSettled([ask(1), ask(2), ask(3)]);
      remote.close();
      await editor.close();

      expect(first).toEqual({ status: 'fulfilled', value: { Value: 'first' } });
      expect(third).toEqual({ status: 'fulfilled', value: { Value: 'third' } });
      expect(second).toMatchObject({
        status: 'rejected',
        reason: { code: 'bridge/not-found', data: { status: 404 } },
      });
      expect((second as PromiseRejectedResult).reason.message).toContain('second is missing');
      expect(new Set(editor.seen.map((request) => request.Id)).size).toBe(3);
    });

    function playStep(step: Step, held: readonly SeenRequest[], socket: WebSocket): void {
      const text = step.message
        ? JSON.stringify(step.message)
        : withId(step.reply as object, (held[(step.reply_to as number) - 1] as SeenRequest).Id);
      const binary = step.frame === 'binary';
      const bytes = Buffer.from(text);
      const cut = step.split_bytes_at;
      if (cut === undefined) {
        socket.send(bytes, { binary });
        return;
      }
      socket.send(bytes.subarray(0, cut), { binary, fin: false });
      socket.send(bytes.subarray(cut), { binary, fin: true });
    }
  },
);

describe.skipIf(!existsSync(new URL('live-call-rejected-400/', CASES)))('case live-call-rejected-400', () => {
  it("tells of all three, names the asset and the editor's words, and sends nothing twice", async () => {
    interface Rule {
      readonly when: { readonly 'Parameters.Url': string };
      readonly times?: number;
      readonly reply: object;
    }
    const { rules } = read<{ rules: Rule[] }>('live-call-rejected-400/mock.json');
    const { push } = read<{ push: { clip: string; target: string }[] }>('live-call-rejected-400/plan.json');
    const used = new Map<Rule, number>();
    const editor = await scriptedEditor((request, socket) => {
      const rule = rules.find(
        (candidate) =>
          candidate.when['Parameters.Url'] === request.Parameters.Url &&
          (used.get(candidate) ?? 0) < (candidate.times ?? Number.POSITIVE_INFINITY),
      );
      if (!rule) return;
      used.set(rule, (used.get(rule) ?? 0) + 1);
      socket.send(withId(rule.reply, request.Id));
    });
    const remote = new RemoteControl({ port: editor.port, timeoutMs: 2_000 });
    const outcomes = await pushEach(
      push.map(({ clip, target }) => ({ name: clip, target })),
      ({ name, target }) =>
        remote.request(
          { verb: 'PUT', url: '/remote/object/call', body: { objectPath: target, functionName: 'Write' } },
          { purpose: `pushing "${name}" to ${target}` },
        ),
    );
    remote.close();
    await editor.close();

    expect(outcomes.map(({ name, state }) => [name, state])).toEqual([
      ['walk_a', 'ok'],
      ['walk_b', 'failed'],
      ['walk_c', 'failed'],
    ]);
    expect(outcomes[1]?.error?.code).toBe('bridge/rejected');
    const { expect: wanted } = read<{ expect: { error_mentions: string[] } }>(
      'live-call-rejected-400/expected.json',
    );
    for (const words of wanted.error_mentions) expect(outcomes[1]?.error?.message).toContain(words);
    const targets = editor.seen.map((request) => request.Parameters.Body.objectPath);
    expect(targets).toEqual(push.map(({ target }) => target));
  });
});
