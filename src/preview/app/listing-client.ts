import type { Clip } from '../../clip/index.js';
import { decodeClip } from '../clip-wire.js';
import type { Listing } from '../listing.js';

async function ask(path: string): Promise<Response> {
  const response = await fetch(path, { cache: 'no-store' });
  if (!response.ok) throw new Error((await response.text()).trim() || `${path}: ${response.status}`);
  return response;
}

/** What the server has to show. */
export const fetchListing = async (): Promise<Listing> => (await ask('clips.json')).json();

/** One clip of the server. @throws Error with the server's own sentence where the file cannot be read. */
export const fetchClip = async (id: string): Promise<Clip> =>
  decodeClip(new Uint8Array(await (await ask(`clips/${id}`)).arrayBuffer()));

/** Calls `changed` whenever the server has something else to show; a lost line is taken up again. */
export function listenForChanges(changed: () => void): void {
  new EventSource('changes').addEventListener('message', changed);
}
