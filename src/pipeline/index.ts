export { type DoctorOptions, examine, type Finding } from './doctor.js';
export {
  type InitReport,
  initProject,
  pluginVersion,
  projectPluginFolder,
  shippedPluginFolder,
} from './init-project.js';
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
