import type { RawData } from 'ws';
import { field } from './routes.js';

/** A message that asks for an answer. */
export interface Ask {
  /** The outer id, which only a refusal repeats. */
  readonly id: number;
  /** The inner id, which answers repeat; −1 where there is none. */
  readonly requestId: number;
  /** MD5 in hex, or empty. */
  readonly passphrase: string;
  readonly verb: string;
  readonly url: string;
  readonly body: unknown;
}

/** Somebody registers for the news of a preset, or no longer; nothing answers that. */
export interface Listening {
  readonly preset: string;
  readonly isOn: boolean;
}

/** What is in one message; nothing where the editor would stay silent. */
export function readMessage(data: RawData, isBinary: boolean): (Ask | Listening)[] {
  const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(data as Buffer[]);
  // A binary message carries its length in front; without that it is not understood.
  const prefixed = isBinary && bytes.length >= 4 && bytes.readUInt32LE(0) === bytes.length - 4;
  if (isBinary && !prefixed) return [];
  try {
    return readParts(JSON.parse((isBinary ? bytes.subarray(4) : bytes).toString('utf8')));
  } catch {
    return [];
  }
}

function readParts(message: unknown): (Ask | Listening)[] {
  const name = field(message, 'MessageName');
  const parameters = field(message, 'Parameters');
  if (typeof name !== 'string' || typeof parameters !== 'object' || parameters === null) return [];
  if (name.toLowerCase() === 'batch') {
    const requests = field(parameters, 'Requests');
    return Array.isArray(requests) ? requests.flatMap(readParts) : [];
  }
  const listening = /^preset\.(un)?register$/i.exec(name);
  if (listening)
    return [{ preset: String(field(parameters, 'PresetName') ?? ''), isOn: listening[1] === undefined }];
  if (name.toLowerCase() !== 'http') return [];
  return [
    {
      id: numberOr(field(message, 'Id'), -1),
      requestId: numberOr(field(parameters, 'RequestId'), -1),
      passphrase: String(field(message, 'Passphrase') ?? ''),
      verb: String(field(parameters, 'Verb') ?? ''),
      url: String(field(parameters, 'Url') ?? ''),
      body: field(parameters, 'Body'),
    },
  ];
}

const numberOr = (value: unknown, other: number): number => (typeof value === 'number' ? value : other);
