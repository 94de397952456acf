export { bodyOfScene } from './body-of-scene.js';
export { type BuildReport, type BuildRequest, buildStage, type FailedClip } from './build-stage.js';
export { listClipFiles } from './clip-files.js';
export { type ConvertReport, type ConvertRequest, convertFile } from './convert-file.js';
export { type ConvertBatch, convertStage } from './convert-stage.js';
export type { ConvertedFile, ConvertSettings } from './convert-to-folder.js';
export { openDatabase } from './database-file.js';
export { bindLocally } from './doctor/bind-locally.js';
export { type DoctorOptions, examine } from './doctor/examine.js';
export type { Finding } from './doctor/finding.js';
export { type DumpRequest, dumpScene, timesOfTake } from './dump.js';
export { type EditorLink, type EditorLinkOptions, openEditorLink } from './editor-link.js';
export { CLIP_FORMATS, type ClipFormat, encodeClips, formatOfEnding } from './encode-clips.js';
export { type EncodeReport, type EncodeRequest, encodeStage, openEncoder } from './encode-stage.js';
export { evaluateManifest, type ManifestEvaluation } from './evaluate-stage.js';
export {
  type ExplainReport,
  type ExplainRequest,
  explainStage,
  type ImaginedReport,
} from './explain-stage.js';
export { EXPORT_ENDINGS, type ExportReport, exportDatabase } from './export-database.js';
export { type EncoderExportReport, exportEncoder } from './export-encoder.js';
export type { Failure } from './failure.js';
export { openFeatureSchema, schemaOfProject } from './feature-schema-file.js';
export {
  type InitOptions,
  type InitReport,
  initProject,
  type RemoveReport,
  removeFromProject,
} from './init-project.js';
export { type Inspection, inspectFile } from './inspect-file.js';
export type { ShownFigure } from './link/editor-figure.js';
export { type LinkEvents, type LinkState, LiveLink, type LiveLinkOptions } from './link/live-link.js';
export type { Subject } from './link/pose-stream.js';
export { type ListAnimationsRequest, type ListedAnimation, listAnimations } from './list-animations.js';
export { type ManifestClip, readManifest } from './manifest.js';
export { type MappedEnd, type MapReport, mapReport } from './map-report.js';
export { motionTrackOfFile, type RoleNames, type TrackOptions } from './motion-track-of-file.js';
export { type ClipWarning, type NamedClip, namedClips } from './named-clips.js';
export { findTake, type OpenClipOptions, openClip, type TakePlace } from './open-clip.js';
export { type OpenOptions, openScene, type ReadingWatch } from './open-file.js';
export { pluginVersion, projectPluginFolder, shippedPluginFolder } from './plugin-folder.js';
export {
  CONFIG_FILE,
  findProject,
  type Project,
  ProjectConfig,
  projectJsonSchema,
  readProjectConfig,
  requireProject,
} from './project.js';
export type { Proof, ProofReport } from './prove/proof.js';
export { type ProveRequest, type ProveResult, proveStage } from './prove/prove-stage.js';
export {
  type PulledClip,
  type PullStageReport,
  type PullStageRequest,
  pullStage,
} from './pull-stage.js';
export {
  type PushedModel,
  type PushModelsReport,
  type PushModelsRequest,
  pushModelsStage,
} from './push-models-stage.js';
export { type PushStageReport, type PushStageRequest, pushStage } from './push-stage.js';
export { readChoices } from './read-choices.js';
export type {
  RetargetedClip,
  RetargetedFile,
  RetargetSettings,
} from './retarget-file.js';
export { reportAsHtml, reportAsJson } from './retarget-report.js';
export { type RetargetBatch, type RetargetRequest, retargetStage } from './retarget-stage.js';
export { saveSchema } from './save-schema.js';
export { type SearchReport, type SearchRequest, searchStage, type UnrealPick } from './search-stage.js';
export type { SearchTiming } from './search-timing.js';
export {
  type PlayedWay,
  type PlayRun,
  type PlaySummary,
  type SimulateReport,
  type SimulateResult,
  type SimulateStageRequest,
  simulateStage,
} from './simulate-stage.js';
export { type StandInRequest, startStandInEditor } from './stand-in-stage.js';
export { type TaggedFile, type TagReport, type TagRequest, tagStage } from './tag-stage.js';
export { type MapEnd, type OpenedBody, openTarget, readBoneMap } from './target.js';
export {
  ENCODER_FILE,
  ENCODER_KINDS,
  type EncoderKind,
  type TrainRecord,
  type TrainReport,
  type TrainRequest,
  trainStage,
} from './train-stage.js';
export { type TrainTaggerReport, type TrainTaggerRequest, trainTaggerStage } from './train-tagger-stage.js';
export { type TuneReport, type TuneRequest, tuneStage } from './tune-stage.js';
export { enablePlugins, NEEDED_PLUGINS, readUProject, type UProjectFacts } from './uproject.js';
export { type WriteOptions, writeFileAtomic } from './write-file.js';
