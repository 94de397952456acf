import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { GaitwayError } from '../../errors.js';
import { inLanes } from '../lanes.js';
import type { EditorSession } from './session.js';
import { sharedFolder } from './token.js';

/** Bytes of numbers in one base64 piece. */
const PIECE = 512 * 1024;
/** Pieces under way at once: the editor sends one answer a tick, so waiting for each would cost a tick each. */
const IN_FLIGHT = 4;

/** What a transfer needs to know of its job. */
export interface TransferJob {
  readonly job: string;
  readonly purpose: string;
  readonly signal?: AbortSignal;
}

/** Where a push stands: before it commits, nothing in the project has changed. */
export interface SendState {
  committing: boolean;
}

/**
 * Brings a block of numbers to a push and has it written from the next tick on: as a file where both ends see the
 * project's folder, else in pieces. That they do is found out by trying; where they do not, the session sends
 * everything else in pieces too.
 */
export async function sendBlock(
  session: EditorSession,
  bytes: Uint8Array,
  { job, ...options }: TransferJob,
  state: SendState,
): Promise<void> {
  const commit = async (file: string | null): Promise<void> => {
    state.committing = true;
    await session.call('push_commit', { job, file }, options);
  };
  const folder = session.sharedProject;
  if (folder !== undefined) {
    const file = `${job}.bin`;
    try {
      await writeTransferFile(folder, file, bytes);
      return await commit(file);
    } catch (error) {
      await rm(join(transferFolder(folder), file), { force: true }).catch(() => undefined);
      if (!isNoWayByFile(error)) throw error;
      session.sendInPieces();
      state.committing = false;
    }
  }
  await eachPiece(bytes.length, async (offset, length) => {
    const data = Buffer.from(bytes.buffer, bytes.byteOffset + offset, length).toString('base64');
    await session.call('push_chunk', { job, offset, data }, options);
  });
  await commit(null);
}

/** Brings the block of a finished pull here, by the same way as a push. */
export async function fetchBlock(
  session: EditorSession,
  byteLength: number,
  { job, ...options }: TransferJob,
): Promise<Uint8Array> {
  const folder = session.sharedProject;
  if (folder !== undefined) {
    const { file } = await session.call('pull_file', { job }, options);
    const bytes = await takeTransferFile(folder, file);
    if (bytes) return bytes;
    session.sendInPieces();
  }
  const bytes = new Uint8Array(byteLength);
  await eachPiece(byteLength, async (offset, length) => {
    const { data } = await session.call('pull_read', { job, offset, length }, options);
    const piece = Buffer.from(data, 'base64');
    if (piece.length !== length) {
      throw new GaitwayError(
        'bridge/bad-block',
        `The editor gave ${piece.length} bytes where ${length} were asked for, while ${options.purpose}.`,
        { offset, length },
      );
    }
    bytes.set(piece, offset);
  });
  return bytes;
}

/** The editor does not see the file that was written, or this machine may not write it. */
const isNoWayByFile = (error: unknown): boolean =>
  error instanceof GaitwayError &&
  (error.code === 'bridge/transfer-missing' || error.code === 'bridge/transfer-unwritable');

async function eachPiece(
  total: number,
  work: (offset: number, length: number) => Promise<void>,
): Promise<void> {
  const offsets = Array.from({ length: Math.ceil(total / PIECE) }, (_, piece) => piece * PIECE);
  await inLanes(offsets, IN_FLIGHT, (offset) => work(offset, Math.min(PIECE, total - offset)));
}

const transferFolder = (projectFolder: string): string => join(sharedFolder(projectFolder), 'transfer');

async function writeTransferFile(projectFolder: string, name: string, bytes: Uint8Array): Promise<void> {
  const folder = transferFolder(projectFolder);
  const fresh = join(folder, `${name}.part`);
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(fresh, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, join(folder, name));
  } catch (cause) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw new GaitwayError(
      'bridge/transfer-unwritable',
      `${folder} cannot be written (${String((cause as NodeJS.ErrnoException).code ?? cause)}); it carries data to the editor. ` +
        'Make room on the disk or allow writing there.',
      { folder },
      cause,
    );
  }
}

/** Reads a file of the transfer folder and removes it; undefined where it is not there. */
async function takeTransferFile(projectFolder: string, name: string): Promise<Uint8Array | undefined> {
  const file = join(transferFolder(projectFolder), basename(name));
  try {
    const bytes = await readFile(file);
    await rm(file, { force: true });
    return bytes;
  } catch {
    return undefined;
  }
}
