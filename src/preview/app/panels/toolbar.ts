import { type Action, keyLabel } from '../actions.js';
import { element } from '../element.js';
import { icon } from '../icons.js';

/**
 * Buttons for the actions that have a text, in one row.
 *
 * @returns a function that shows which of them are on.
 */
export function makeToolbar(host: HTMLElement, actions: readonly Action[], after: () => void): () => void {
  const made = actions
    .filter((action) => action.button !== undefined)
    .map((action) => {
      const [key = ''] = action.keys;
      const button = element(
        'button',
        {
          type: 'button',
          class: 'button',
          title: `${action.name} (${keyLabel(key)})`,
          'aria-label': action.name,
          'aria-keyshortcuts': key === ' ' ? 'Space' : key,
        },
        typeof action.button === 'string' ? action.button : '',
      );
      button.addEventListener('click', (event) => {
        action.run(event.shiftKey);
        after();
      });
      host.append(button);
      return { action, button };
    });
  return () => {
    for (const { action, button } of made) {
      if (action.isOn) button.setAttribute('aria-pressed', String(action.isOn()));
      if (typeof action.button === 'string' || action.button === undefined) continue;
      const name = action.button.icon();
      if (button.dataset.icon === name) continue;
      button.dataset.icon = name;
      button.replaceChildren(icon(name));
    }
  };
}
