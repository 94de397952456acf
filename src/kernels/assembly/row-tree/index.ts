import { arrangeRows } from './arrange-rows';
import { fillBoxes } from './fill-boxes';
import { fillLeaves } from './fill-leaves';

export { search } from './search';
export { attach } from './tree';
export { turnRows } from './turn-rows';

/** Makes a tree of the turned rows. */
export function arrange(): void {
  arrangeRows();
  fillLeaves();
  fillBoxes();
}
