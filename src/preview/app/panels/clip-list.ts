import type { Problem } from '../../listing.js';
import { byId, element } from '../element.js';
import type { PageClip } from '../page-clips.js';

/** The list of clips: a list box, so that arrows choose while it has the focus. */
export class ClipList {
  readonly #list = byId('clip-list', HTMLDivElement);
  readonly #problems = byId('problems', HTMLUListElement);
  readonly #count = byId('clip-count', HTMLElement);
  readonly #choose: (id: string) => void;

  constructor(choose: (id: string) => void) {
    this.#choose = choose;
  }

  show(clips: readonly PageClip[], chosen: string | undefined, problems: readonly Problem[]): void {
    this.#count.textContent = String(clips.length);
    this.#list.replaceChildren(
      ...clips.map((clip) => {
        const option = element(
          'div',
          {
            role: 'option',
            id: `clip-${clip.id}`,
            'aria-selected': String(clip.id === chosen),
            title: clip.file,
          },
          element('span', { class: 'name' }, clip.name),
          element('span', { class: 'file' }, clip.file),
        );
        option.addEventListener('click', () => this.#choose(clip.id));
        return option;
      }),
    );
    if (chosen !== undefined) {
      this.#list.setAttribute('aria-activedescendant', `clip-${chosen}`);
      document.getElementById(`clip-${chosen}`)?.scrollIntoView({ block: 'nearest' });
    }
    this.#problems.replaceChildren(
      ...problems.map(({ file, message }) =>
        element('li', {}, element('span', { class: 'name' }, file), element('span', {}, message)),
      ),
    );
  }
}
