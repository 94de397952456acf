import type { IconName } from './icons.js';

/** Something that the page can do, on a key and mostly on a button too. */
export interface Action {
  readonly name: string;
  /** `KeyboardEvent.key` values, lower case; the first is shown. */
  readonly keys: readonly string[];
  readonly section: 'Playback' | 'View' | 'Camera' | 'Page' | 'Editor';
  /** `event.shiftKey` where it was pressed. */
  readonly run: (shift: boolean) => void;
  /** Its button, a text or a drawing; without it there is none. */
  readonly button?: string | { readonly icon: () => IconName };
  /** On or off, for a button that stays down. */
  readonly isOn?: () => boolean;
}

const SHOWN: Readonly<Record<string, string>> = {
  ' ': 'Space',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  home: 'Home',
  end: 'End',
};

/** A key as people read it. */
export const keyLabel = (key: string): string => SHOWN[key] ?? key.toUpperCase();

/**
 * Runs actions on their keys, wherever the focus is.
 *
 * A key that the focused control uses itself (Space on a button, arrows in a list) is left to it, and so is
 * any key with Ctrl, Alt or Meta.
 */
export function listenForKeys(actions: readonly Action[], after: () => void): void {
  const byKey = new Map(actions.flatMap((action) => action.keys.map((key) => [key, action] as const)));
  window.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const target = event.target as HTMLElement;
    if (ownsKey(target, event.key)) return;
    if (document.querySelector('dialog[open]') && event.key !== '?') return;
    const action = byKey.get(event.key.toLowerCase());
    if (!action) return;
    event.preventDefault();
    action.run(event.shiftKey);
    after();
  });
}

function ownsKey(target: HTMLElement, key: string): boolean {
  // Up and down do nothing in a field of one line, so they go on choosing clips.
  if (target.closest('input')) return key !== 'ArrowUp' && key !== 'ArrowDown';
  if (target.closest('select')) return true;
  return target.closest('button, summary, a') !== null && (key === ' ' || key === 'Enter');
}
