import { type Action, keyLabel } from '../actions.js';
import { byId, element } from '../element.js';

/** The list of keys, made from the actions themselves, in a dialog that Escape or the same key closes. */
export function makeHelp(actions: readonly Action[]): () => void {
  const dialog = byId('help', HTMLDialogElement);
  const host = byId('help-keys', HTMLDivElement);
  for (const section of new Set(actions.map((action) => action.section))) {
    const rows = actions
      .filter((action) => action.section === section)
      .map(({ name, keys }) =>
        element(
          'div',
          { class: 'key-row' },
          element('dt', {}, ...keys.map((key) => element('kbd', {}, keyLabel(key)))),
          element('dd', {}, name),
        ),
      );
    host.append(element('section', {}, element('h3', {}, section), element('dl', {}, ...rows)));
  }
  byId('help-close', HTMLButtonElement).addEventListener('click', () => dialog.close());
  return () => (dialog.open ? dialog.close() : dialog.showModal());
}
