import type { PageLinkState } from '../../link-messages.js';
import { type Action, keyLabel } from '../actions.js';
import { byId } from '../element.js';
import { makeToolbar } from '../panels/toolbar.js';

const MOST_NAMED = 3;

/** What the page knows of the editor and can ask of it. */
export class EditorPanel {
  readonly #state = byId('editor-state', HTMLElement);
  readonly #why = byId('editor-why', HTMLElement);
  readonly #selected = byId('editor-selected', HTMLElement);
  readonly #notice = byId('editor-notice', HTMLElement);
  readonly #folder = byId('push-folder', HTMLInputElement);
  readonly #button = byId('push-button', HTMLButtonElement);
  readonly #updateTools: () => void;

  constructor(actions: readonly Action[], push: (folder: string) => void) {
    byId('editor', HTMLElement).hidden = false;
    this.#updateTools = makeToolbar(byId('editor-tools', HTMLElement), actions, () => this.#updateTools());
    const pushAction = actions.find((action) => action.button === undefined);
    if (pushAction) this.#button.title = `${pushAction.name} (${keyLabel(pushAction.keys[0])})`;
    byId('push', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      push(this.folder);
    });
  }

  get folder(): string {
    return this.#folder.value.trim();
  }

  show(state: PageLinkState | undefined): void {
    this.#state.textContent = state === undefined ? 'gaitway has stopped' : heading(state);
    this.#why.textContent = state?.why ?? '';
    this.#selected.textContent = state?.isOpen ? selected(state) : '';
    this.#button.disabled = !state?.isOpen;
    if (state && this.#folder.value === '') this.#folder.value = state.content;
    this.#updateTools();
  }

  tell(text: string, isFault: boolean): void {
    this.#notice.textContent = text;
    this.#notice.classList.toggle('fault', isFault);
  }
}

function heading({ isOpen, project, followed, figure, fromHz, toHz }: PageLinkState): string {
  if (!isOpen) return 'looking for it …';
  const rates = [
    ...(followed ? [`${Math.round(fromHz)} poses/s in`] : []),
    ...(figure ? [`${Math.round(toHz)} out`] : []),
  ];
  return [project, ...rates].join(' · ');
}

function selected({ selection: { assets } }: PageLinkState): string {
  if (assets.length === 0) return 'Nothing is selected there.';
  const names = assets.slice(0, MOST_NAMED).map(({ path }) => path.split('/').pop());
  const more = assets.length > MOST_NAMED ? ` and ${assets.length - MOST_NAMED} more` : '';
  return `Selected: ${names.join(', ')}${more}`;
}
