import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { type Clip, decodeClip, encodeClip, makeRate, restPose, type Skeleton } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import type { LiveLink } from '../pipeline/index.js';
import { packFrame, readFrame } from './link-frame.js';
import { PageMessage, type ServerMessage } from './link-messages.js';

/** The largest clip that a page may push. */
const MOST_BYTES = 512 * 1024 * 1024;
/** A page that is so far behind is sent no poses until it has caught up: the newest wins. */
const MOST_BEHIND = 256 * 1024;

/** The pages that are connected with a link. */
export class LinkPages {
  readonly #link: LiveLink;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_BYTES,
    perMessageDeflate: false,
  });
  readonly #stopListening: () => void;
  /** The page whose poses the editor's figure takes. */
  #poser: WebSocket | undefined;

  constructor(link: LiveLink) {
    this.#link = link;
    this.#stopListening = link.listen({
      state: (state) => this.#all({ type: 'state', state }),
      subject: ({ number, asset, skeleton }) =>
        this.#all({ type: 'subject', number, asset }, encodeClip(restClip(asset, skeleton))),
      pose: (number, { rotations, translations }) => {
        const body = Float32Array.of(...rotations, ...translations);
        this.#all({ type: 'pose', number }, new Uint8Array(body.buffer), MOST_BEHIND);
      },
      notice: (text, isFault) => this.#all({ type: 'notice', text, isFault }),
      pushWanted: (folder) => this.#tellFirst({ type: 'push-wanted', folder }),
    });
  }

  /** How many pages are connected. */
  get count(): number {
    return this.#server.clients.size;
  }

  /** Tells every page to show a clip of the library. */
  choose(place: number): void {
    this.#all({ type: 'choose', id: String(place) });
  }

  /** Makes a WebSocket of a request that was allowed. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (page) => {
      page.on('message', (data) => this.#take(page, data));
      page.on('error', () => page.terminate());
      page.on('close', () => {
        if (this.#poser === page) this.#endFigure();
        if (this.count === 0) this.#link.follow(false);
      });
      tell(page, { type: 'state', state: this.#link.state });
      const { subject } = this.#link;
      if (!subject) return;
      const { number, asset, skeleton } = subject;
      tell(page, { type: 'subject', number, asset }, encodeClip(restClip(asset, skeleton)));
    });
  }

  close(): void {
    this.#stopListening();
    for (const page of this.#server.clients) page.terminate();
    this.#server.close();
  }

  #take(page: WebSocket, data: RawData): void {
    const frame = readFrame(bytesOf(data));
    const message = PageMessage.safeParse(frame?.header);
    // What is no message comes from no page of ours.
    if (!frame || !message.success) {
      page.terminate();
      return;
    }
    try {
      this.#act(page, message.data, frame.body);
    } catch (error) {
      if (!(error instanceof GaitwayError)) throw error;
      tell(page, { type: 'notice', text: error.message, isFault: true });
    }
  }

  #act(page: WebSocket, message: PageMessage, body: Uint8Array): void {
    const link = this.#link;
    switch (message.type) {
      case 'follow':
        link.follow(message.isOn);
        return;
      case 'figure':
        this.#poser = page;
        void link.showFigure(message.bones);
        return;
      case 'no-figure':
        this.#endFigure();
        return;
      case 'pose': {
        if (this.#poser !== page || body.length % 28 !== 0) return;
        const values = Float64Array.from(new Float32Array(body.buffer));
        const joints = values.length / 7;
        link.takePose({ positions: values.subarray(0, 3 * joints), rotations: values.subarray(3 * joints) });
        return;
      }
      case 'push':
        void link.push(decodeClip(body), message.name, message.folder);
        return;
      case 'pull':
        void link.pullSelected(true);
    }
  }

  #endFigure(): void {
    this.#poser = undefined;
    void this.#link.hideFigure();
  }

  #all(message: ServerMessage, body?: Uint8Array, mostBehind = Number.POSITIVE_INFINITY): void {
    for (const page of this.#server.clients) {
      if (page.bufferedAmount <= mostBehind) tell(page, message, body);
    }
  }

  #tellFirst(message: ServerMessage): void {
    const [page] = this.#server.clients;
    if (page) tell(page, message);
  }
}

function tell(page: WebSocket, message: ServerMessage, body?: Uint8Array): void {
  page.send(packFrame(message, body), { binary: true });
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : new Uint8Array(data);
}

/** A skeleton at rest as a clip of one frame. */
function restClip(name: string, skeleton: Skeleton): Clip {
  return {
    name,
    skeleton,
    rate: makeRate(30),
    frameCount: 1,
    ...restPose(skeleton),
    curves: [],
    events: [],
    attributes: [],
    source: {
      file: '',
      format: 'unreal',
      take: '',
      unitMetres: 0.01,
      axes: 'Z up, turned to Y up',
      rate: makeRate(30),
      guesses: [],
    },
    warnings: [],
  };
}
