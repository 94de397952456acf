export { type PreviewItem, PreviewLibrary } from './library.js';
export { LibraryFiles } from './library-files.js';
export { LinkPages } from './link-socket.js';
export type { Problem, Score } from './listing.js';
export { type Preview, type PreviewOptions, startPreview } from './server.js';
