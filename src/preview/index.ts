export type { Problem, Score } from './listing.js';
export { type Preview, type PreviewItem, type PreviewOptions, startPreview } from './server.js';
