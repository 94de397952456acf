import type { Problem } from '../../listing.js';
import { byId, element } from '../element.js';
import type { PageClip } from '../page-clips.js';

/** Fewer clips are found by looking. */
const SEARCH_FROM = 12;

/** The list of clips, with a field to find some among many. */
export class ClipList {
  readonly #list = byId('clip-list', HTMLDivElement);
  readonly #problems = byId('problems', HTMLUListElement);
  readonly #count = byId('clip-count', HTMLElement);
  readonly #search = byId('clip-search', HTMLInputElement);
  readonly #choose: (id: string) => void;
  #clips: readonly PageClip[] = [];
  #chosen: string | undefined;

  constructor(choose: (id: string) => void) {
    this.#choose = choose;
    this.#search.addEventListener('input', () => this.#draw());
  }

  /** The clips whose name or file holds what is written in the field. */
  get found(): readonly PageClip[] {
    const wanted = this.#search.value.trim().toLowerCase();
    return this.#clips.filter(({ name, file }) => `${name} ${file}`.toLowerCase().includes(wanted));
  }

  show(clips: readonly PageClip[], chosen: string | undefined, problems: readonly Problem[]): void {
    this.#clips = clips;
    this.#chosen = chosen;
    this.#search.hidden = clips.length < SEARCH_FROM;
    this.#draw();
    this.#problems.replaceChildren(
      ...problems.map(({ file, message }) =>
        element('li', {}, element('span', { class: 'name' }, file), element('span', {}, message)),
      ),
    );
  }

  focusSearch(): void {
    this.#search.focus();
  }

  #draw(): void {
    const { found } = this;
    this.#count.textContent =
      found.length === this.#clips.length ? String(found.length) : `${found.length} of ${this.#clips.length}`;
    this.#list.replaceChildren(...found.map((clip) => this.#option(clip)));
    const id = `clip-${this.#chosen}`;
    this.#list.setAttribute('aria-activedescendant', id);
    document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  }

  #option({ id, name, file }: PageClip): HTMLElement {
    const option = element(
      'div',
      { role: 'option', id: `clip-${id}`, 'aria-selected': String(id === this.#chosen), title: file },
      element('span', { class: 'name' }, name),
      element('span', { class: 'file' }, element('bdi', {}, file)),
    );
    option.addEventListener('click', () => this.#choose(id));
    return option;
  }
}
