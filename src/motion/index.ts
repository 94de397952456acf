export {
  type AnalyseOptions,
  analyseDatabase,
  type DatabaseAnalysis,
} from './analyse/analyse-database.js';
export { type ClipStrip, STRETCH_STATES, type StretchState } from './analyse/clip-strips.js';
export { overGaits, SPEED_EDGES, TURN_EDGES_DEG } from './analyse/coverage.js';
export { type DatabaseDescription, describeDatabase } from './analyse/describe-database.js';
export { GAITS, type Gait } from './analyse/frame-motion.js';
export type { ClipRange } from './analyse/ranges-of-clips.js';
export { type StorageLoss, storageLoss } from './analyse/storage-loss.js';
export type { Spread } from './analyse/transitions.js';
export {
  type CuratedDatabase,
  type CurateOptions,
  curateDatabase,
} from './curate/curate-database.js';
export { curatedRows } from './curate/curated-rows.js';
export type { BeforeAfter, CurationLoss } from './curate/loss.js';
export {
  type BuildOptions,
  buildDatabase,
  buildLatentDatabase,
  type LatentSource,
  makeFeatureBuilder,
  makeLatentBuilder,
} from './database/build.js';
export type { BuiltDatabase, ClipOptions, DatabaseBuilder, DatabaseSource } from './database/builder.js';
export { DATABASE_VERSION, type Digest, decodeDatabase, encodeDatabase } from './database/codec.js';
export {
  clipOfRow,
  type DatabaseBlock,
  type DatabaseClip,
  type DatabaseContent,
  type DatabaseJoint,
  type MotionDatabase,
} from './database/database.js';
export { type ExportedArray, encodeNpz, encodeSafetensors, exportedArrays } from './database/export.js';
export { frameMarks } from './database/frame-marks.js';
export { normaliseTogether } from './database/normalise-together.js';
export { ROW_PRECISIONS, type RowPrecision, storeRowsAs } from './database/row-storage.js';
export { type BendPath, bendByDraws } from './encoder/bent-path.js';
export { readCheckpoint, writeCheckpoint } from './encoder/checkpoint-file.js';
export {
  databaseLatents,
  type Encoder,
  type Latents,
  makeQueryEncoder,
  playedLatents,
  type QueryEncoder,
  queryLatents,
} from './encoder/encoder.js';
export { readEncoder, type SavedEncoder, writeEncoder } from './encoder/encoder-file.js';
export { chooseEngine } from './encoder/engine/choose.js';
export { ENGINE_NAMES, type Engine, type EngineName } from './encoder/engine/engine.js';
export {
  ENCODER_SIDES,
  type EncoderSide,
  encoderToOnnx,
  type OnnxEncoder,
} from './encoder/export/encoder-onnx.js';
export { FAMILY_NAMES, type FamilyName, RESIDUAL_FAMILIES } from './encoder/families/families.js';
export { PRETRAININGS } from './encoder/objectives/autoencoder.js';
export { DECODERS } from './encoder/objectives/decoder.js';
export { withPlayFeatures } from './encoder/play-features.js';
export { predictPath } from './encoder/predicted-path.js';
export { type LinearSettings, trainLinear } from './encoder/train-linear.js';
export {
  type NetworkSettings,
  type TrainedNetwork,
  trainNetworkEncoder,
} from './encoder/train-network.js';
export type { TrainingForecast } from './encoder/training-forecast.js';
export type { EpochReport, PretrainingReport, TrainingState } from './encoder/training-state.js';
export {
  type EvaluatedClip,
  type EvaluatedRows,
  type MethodScore,
  type RetrievalScore,
  type ScoreRequest,
  scoreRetrieval,
} from './evaluate/score-retrieval.js';
export { BUILT_IN_SCHEMAS, builtInSchema } from './features/built-in-schemas.js';
export { closeLoop } from './features/close-loop.js';
export { CONTACT_TAGS, footContacts } from './features/contacts.js';
export {
  type ClipEnds,
  type ExtractOptions,
  extractFeatures,
  type FeatureRows,
} from './features/extract.js';
export type { BlockSource, FeatureBlock } from './features/feature-block.js';
export { GAIT_TAGS, type GaitTag, gaitTags } from './features/gait-tags.js';
export { jointKey, jointOfKey } from './features/joint-key.js';
export {
  type FeatureLayout,
  jointsOf,
  layoutOf,
  looksAtRotations,
  type Reach,
  reachOf,
} from './features/layout.js';
export { legLength } from './features/leg-length.js';
export { mirrorTrack } from './features/mirror-track.js';
export { type GroundMove, type MotionTrack, makeMotionTrack } from './features/motion-track.js';
export { fitNormalisation, type Normalisation, normaliseRows } from './features/normalise.js';
export {
  type FeatureChannel,
  FeatureSchema,
  parseFeatureSchema,
  type SingleChannel,
} from './features/schema.js';
export { trackOfClip } from './features/track-of-clip.js';
export { type SchemaFault, type SchemaSubject, validateSchema } from './features/validate-schema.js';
export { along, DIRECTION_TAGS, type Direction, directionOf } from './insight/direction.js';
export { type Imagined, type ImagineRequest, imagine } from './insight/imagine.js';
export type { ImagineStart } from './insight/imagined-body.js';
export { type LatentMap, latentMap, type MappedMoment } from './insight/latent-map.js';
export { type Moments, momentsOf } from './insight/moments.js';
export { type NearMoment, nearestMoments } from './insight/nearest-moments.js';
export { type PoseLimits, poseLimits } from './insight/pose-limits.js';
export { rootLimits } from './insight/root-limits.js';
export { type SeenPart, saliency } from './insight/saliency.js';
export { type StrongMoment, strongestMoments } from './insight/strongest-moments.js';
export { type UsualInputs, usualInputs } from './insight/usual-inputs.js';
export { type NpyArray, readNpy, type WritableArray, writeNpy } from './npy.js';
export {
  type ChannelCost,
  costByChannel,
  explainLoss,
  type Loss,
  type SampleCost,
} from './search/explain.js';
export {
  type DatabaseFrame,
  type Match,
  SEARCH_MODES,
  type SearchMode,
  type SearchOptions,
} from './search/options.js';
export { rowOfFrame } from './search/question.js';
export { makeSearch, type Search, type SearchEngine, type SearchSettings } from './search/search.js';
export type { UnrealSettings } from './search/unreal-shortlist.js';
export type { PlayedTick } from './simulate/controller.js';
export { gaitSpeeds, type KnownSpeeds } from './simulate/gait-speeds.js';
export { jointOfBody, type PlayBody } from './simulate/play-body.js';
export { makePlayRecorder, type PlayRecorder } from './simulate/played-clip.js';
export { makePoseBankBuilder, type PoseBank, type PoseBankBuilder } from './simulate/pose-bank.js';
export type { PathAt, QueryWriter } from './simulate/query.js';
export { type RandomSticks, randomSticks } from './simulate/random-sticks.js';
export { meanScores } from './simulate/scores/mean-scores.js';
export { paretoFront } from './simulate/scores/pareto-front.js';
export type { PlayScores } from './simulate/scores/play-scores.js';
export { measureSource, type SourceMotion } from './simulate/scores/source-motion.js';
export { PLAY_SETTINGS, type PlaySettings } from './simulate/settings.js';
export { type Simulated, type SimulateRequest, simulate } from './simulate/simulate.js';
export { STANDARD_PATHS, type StandardPath, standardPath } from './simulate/standard-paths.js';
export { type GaitSpeeds, parseStickScript, StickScript } from './simulate/stick-script.js';
export { decodeTags, spansOfLabels, type TagSpan } from './tagging/decode-tags.js';
export type { TaggerEpoch } from './tagging/fit-windows.js';
export {
  type ClipLabels,
  type GroupChoice,
  groupLabels,
  type LabelledGroup,
  labelFrames,
  tellingGroups,
} from './tagging/frame-labels.js';
export { type GroupScore, scoreTags, type TagScore } from './tagging/score-tags.js';
export type { FrameLabels, TagGroup } from './tagging/tag-groups.js';
export { type Tagger, tagShares } from './tagging/tagger.js';
export { readTaggerCheckpoint, writeTaggerCheckpoint } from './tagging/tagger-checkpoint.js';
export { readTagger, type SavedTagger, writeTagger } from './tagging/tagger-file.js';
export { type TaggerSettings, type TrainedTagger, trainTagger } from './tagging/train-tagger.js';
export { drawHeldOut } from './tune/held-out.js';
export type { ClipLatents } from './tune/judge.js';
export { noisyFeatureRows, noisyLatents } from './tune/noisy-queries.js';
export { splitWeights } from './tune/split-weights.js';
export { type TunedWeights, type TuneOptions, tuneWeights } from './tune/tune-weights.js';
