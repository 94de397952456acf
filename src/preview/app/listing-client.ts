import { type Clip, decodeClip } from '../../clip/index.js';
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

/** Many changes that come together (a folder that is being read) are answered by one look at the listing. */
const GATHER_MS = 300;

/** Calls `changed` after the server has something else to show, and says whether the server is still there. */
export function listenForChanges(changed: () => void, serverIsThere: (there: boolean) => void): void {
  let gathering = false;
  const events = new EventSource('changes');
  events.addEventListener('open', () => serverIsThere(true));
  events.addEventListener('error', () => serverIsThere(false));
  events.addEventListener('message', () => {
    if (gathering) return;
    gathering = true;
    setTimeout(() => {
      gathering = false;
      changed();
    }, GATHER_MS);
  });
}
