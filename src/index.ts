/**
 * The way of the data, for scripts: a file becomes a clip, a clip comes onto the target skeleton, clips become
 * features or latents in a database, the database answers queries, and results become assets in the editor.
 *
 * Each stage is one function over files; the parts beneath are `gaitway/clip`, `gaitway/formats`,
 * `gaitway/retarget`, `gaitway/motion` and `gaitway/bridge`.
 */
export { GaitwayError, type Warning } from './errors.js';
export {
  type BuildReport,
  type BuildRequest,
  buildStage,
  type ConvertReport,
  type ConvertRequest,
  convertFile,
  type EncodeReport,
  type EncodeRequest,
  encodeStage,
  evaluateManifest,
  findProject,
  type ManifestEvaluation,
  openClip,
  openScene,
  openTarget,
  type Project,
  pullStage,
  pushStage,
  retargetStage,
  type SearchReport,
  type SearchRequest,
  searchStage,
  type TrainReport,
  type TrainRequest,
  trainStage,
} from './pipeline/index.js';
