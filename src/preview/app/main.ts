import { byId } from './element.js';
import { fetchListing } from './listing-client.js';
import { Page } from './page.js';
import { PageClips } from './page-clips.js';
import { applyPalette } from './palette.js';

applyPalette(document.documentElement);
try {
  const antialias = new URLSearchParams(location.search).get('aa') !== '0';
  const page = new Page(new PageClips(await fetchListing()), antialias);
  window.gaitway = page.inspection;
  await page.choose();
} catch (error) {
  const message = byId('message', HTMLElement);
  message.hidden = false;
  message.textContent = `The preview cannot start: ${error instanceof Error ? error.message : String(error)}`;
}
