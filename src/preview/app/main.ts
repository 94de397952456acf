import { config } from 'zod';
import { byId } from './element.js';
import { listenForFiles } from './file-input.js';
import { fetchListing, listenForChanges } from './listing-client.js';
import { Page } from './page.js';
import { PageClips } from './page-clips.js';
import { applyPalette } from './palette.js';

// The page's own rules forbid code made from text, which zod would else try.
config({ jitless: true });
applyPalette(document.documentElement);
try {
  const antialias = new URLSearchParams(location.search).get('aa') !== '0';
  const clips = new PageClips(await fetchListing());
  const page = new Page(clips, antialias);
  window.gaitway = page.inspection;
  listenForFiles((files) => void page.selection.addFiles(files));
  listenForChanges(
    async () => page.selection.takeListing(await fetchListing()),
    (there) => {
      byId('ended', HTMLElement).hidden = there;
    },
  );
  await page.selection.choose(clips.first);
} catch (error) {
  const message = byId('message', HTMLElement);
  message.hidden = false;
  message.textContent = `The preview cannot start: ${error instanceof Error ? error.message : String(error)}`;
}
