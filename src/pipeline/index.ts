export { listClipFiles } from './clip-files.js';
export { type DoctorOptions, examine, type Finding } from './doctor.js';
export { type DumpRequest, dumpScene, timesOfTake } from './dump.js';
export {
  type InitReport,
  initProject,
  pluginVersion,
  projectPluginFolder,
  shippedPluginFolder,
} from './init-project.js';
export { findTake, type OpenClipOptions, type OpenOptions, openClip, openScene } from './open-file.js';
export {
  CONFIG_FILE,
  findProject,
  type Project,
  ProjectConfig,
  projectJsonSchema,
  readProjectConfig,
  requireProject,
} from './project.js';
export { enablePlugins, NEEDED_PLUGINS, readUProject, type UProjectFacts } from './uproject.js';
export { type WriteOptions, writeFileAtomic } from './write-file.js';
