export {
  type BuiltDatabase,
  buildDatabase,
  buildLatentDatabase,
  type DatabaseSource,
} from './database/build.js';
export { DATABASE_VERSION, decodeDatabase, encodeDatabase } from './database/codec.js';
export {
  clipOfRow,
  type DatabaseBlock,
  type DatabaseClip,
  type DatabaseContent,
  type DatabaseJoint,
  type MotionDatabase,
} from './database/database.js';
export { BUILT_IN_SCHEMAS } from './features/built-in-schemas.js';
export { footContacts } from './features/contacts.js';
export { type ExtractOptions, extractFeatures, type FeatureRows } from './features/extract.js';
export { type FeatureBlock, type FeatureLayout, layoutOf, type Reach, reachOf } from './features/layout.js';
export { type MotionTrack, makeMotionTrack } from './features/motion-track.js';
export { fitNormalisation, type Normalisation, normaliseRows } from './features/normalise.js';
export { FeatureSchema, parseFeatureSchema } from './features/schema.js';
export { trackOfClip } from './features/track-of-clip.js';
export { type NpyArray, readNpy, writeNpy } from './npy.js';
export {
  type DatabaseFrame,
  type Match,
  makeSearch,
  rowOfFrame,
  type Search,
  type SearchOptions,
} from './search/search.js';
