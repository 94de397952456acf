import { filesOfDrop } from './dropped-files.js';
import { byId } from './element.js';

/** Files that people drop anywhere on the page or pick with the button. */
export function listenForFiles(take: (files: File[]) => void): void {
  const veil = byId('drop-veil', HTMLElement);
  const input = byId('file-input', HTMLInputElement);
  byId('file-button', HTMLButtonElement).addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    take([...(input.files ?? [])]);
    input.value = '';
  });
  window.addEventListener('dragover', (event) => {
    event.preventDefault();
    veil.hidden = false;
  });
  window.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) veil.hidden = true;
  });
  window.addEventListener('drop', async (event) => {
    event.preventDefault();
    veil.hidden = true;
    if (event.dataTransfer) take(await filesOfDrop(event.dataTransfer));
  });
}
