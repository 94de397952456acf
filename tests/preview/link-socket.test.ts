import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { LiveLink, type Project, ProjectConfig } from '../../src/pipeline/index.js';
import { LinkPages, type Preview, PreviewLibrary, startPreview } from '../../src/preview/index.js';
import { packFrame, readFrame } from '../../src/preview/link-frame.js';
import { ensurePageBuilt } from './page-build.js';

const PROJECT: Project = {
  folder: '/nowhere',
  uproject: '/nowhere/Game.uproject',
  config: ProjectConfig.parse({}),
  configured: false,
};

describe('the WebSocket of a linked preview', () => {
  let preview: Preview;
  let origin = '';
  beforeAll(async () => {
    await ensurePageBuilt();
    const link = new LiveLink({
      project: PROJECT,
      out: '/nowhere',
      force: false,
      replacesPulled: false,
      mesh: '/Game/SKM',
      signal: new AbortController().signal,
    });
    preview = await startPreview({ library: new PreviewLibrary(), link: new LinkPages(link) });
    origin = new URL(preview.url).origin;
  });
  afterAll(() => preview.close());

  const address = (): string => `${preview.url.replace('http', 'ws')}link`;
  const outcome = (socket: WebSocket): Promise<unknown> =>
    new Promise((resolve) => {
      socket.on('error', () => {});
      socket.once('unexpected-response', (_, { statusCode }) => resolve(statusCode));
      socket.once('open', () => resolve('open'));
    });

  it('is refused to pages from elsewhere, to who does not know the token, and to who has no origin', async () => {
    expect(await outcome(new WebSocket(address(), { origin: 'http://evil.example' }))).toBe(403);
    expect(await outcome(new WebSocket(address()))).toBe(403);
    const { host } = new URL(preview.url);
    expect(await outcome(new WebSocket(`ws://${host}/${'x'.repeat(24)}/link`, { origin }))).toBe(403);
  });

  it('tells a page at once how the link stands, and breaks off where what comes is no message', async () => {
    const socket = new WebSocket(address(), { origin });
    const first = new Promise<Buffer>((resolve) => socket.once('message', (data) => resolve(data as Buffer)));
    expect(await outcome(socket)).toBe('open');
    expect(readFrame(await first)?.header).toMatchObject({
      type: 'state',
      state: { isOpen: false, content: '/Game/Gaitway' },
    });
    // Poses for a figure that nobody asked for are passed over.
    socket.send(packFrame({ type: 'pose' }, new Uint8Array(28)));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.send(packFrame({ type: 'delete everything' }));
    await closed;
  });

  it('answers a clip that is none with a sentence', async () => {
    const socket = new WebSocket(address(), { origin });
    await outcome(socket);
    const notice = new Promise((resolve) =>
      socket.on('message', (data) => {
        const { header } = readFrame(data as Buffer) ?? {};
        if ((header as { type: string }).type === 'notice') resolve(header);
      }),
    );
    socket.send(packFrame({ type: 'push', name: 'x', folder: '/Game' }, Uint8Array.of(1, 2, 3)));
    expect(await notice).toMatchObject({ isFault: true, text: expect.stringMatching(/clip/) });
    socket.close();
  });
});
