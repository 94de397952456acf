export { type Figure, SIDES, type Side } from './figure.js';
export { type LibraryClip, type LibraryFile, libraryFiles, makeFigures, makeLibrary } from './library.js';
export { CONTACT_CURVES, makeClip } from './make-clip.js';
export type { Jump, PaceKey, Script } from './script.js';
export { SCRIPTS } from './scripts.js';
