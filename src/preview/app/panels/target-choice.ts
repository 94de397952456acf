import { PROFILE_NAMES } from '../../../retarget/index.js';
import { byId, element } from '../element.js';

/** The field that says what clips are carried onto; `focus` brings the keyboard to it. */
export class TargetChoice {
  readonly #select = byId('target', HTMLSelectElement);

  constructor(choose: (target: string) => void) {
    this.#select.append(...PROFILE_NAMES.map((name) => element('option', { value: name }, name)));
    this.#select.addEventListener('change', () => choose(this.#select.value));
  }

  show(target: string): void {
    this.#select.value = target;
  }

  focus(): void {
    this.#select.focus();
  }
}
