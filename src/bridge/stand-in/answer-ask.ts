import { createHash } from 'node:crypto';
import type { Ask } from './read-message.js';
import { answerRoute, type RoutedEditor } from './routes.js';

/** What stands before the routes. */
export interface Gate {
  /** Turns requests without this passphrase away, as a project that restricts access does. */
  readonly passphrase?: string;
  /** `false` stands for an editor whose WebSocket is open while its web server is not. */
  readonly webServer?: boolean;
}

/** The text of the frame that answers a request. */
export async function answerAsk(
  editor: RoutedEditor,
  { passphrase, webServer = true }: Gate,
  ask: Ask,
): Promise<string> {
  if (!webServer) return '{"errorMessage":"HTTP server not started."}';
  if (passphrase !== undefined && ask.passphrase.toLowerCase() !== md5(passphrase))
    return JSON.stringify({ Passphrase: ask.passphrase, URL: '', Verb: '401', RequestId: ask.id });
  const { status, body } = await answerRoute(editor, ask.verb, ask.url, ask.body);
  return `{"RequestId":${ask.requestId},"ResponseCode":${status},"ResponseBody":${body}}`;
}

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');
