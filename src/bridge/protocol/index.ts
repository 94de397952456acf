export { UeAnimationSettings, UeMarks, UeRate } from './animation.js';
export {
  CALLS,
  type CallGives,
  type CallName,
  type CallTakes,
  JobStatus,
  PullResult,
  PushResult,
  SHAPES,
  type UeBone,
} from './calls.js';
export {
  type EditorFrame,
  errorText,
  FRAMES,
  type RouteRequest,
  readFrame,
  requestFrame,
} from './envelope.js';
export { FAULTS, type FaultHelp } from './faults.js';
export { UeMenuEvent, UeSelection } from './live-calls.js';
export {
  PLUGIN_FUNCTION,
  PLUGIN_OBJECT,
  PluginAnswer,
  PROTOCOL_VERSION,
  pluginRequest,
  ReturnedText,
} from './plugin-envelope.js';
export {
  UE_BONE_FLAGS,
  UE_TRAJECTORY_FLAGS,
  type UeChannel,
  UePoseSearchDatabase,
  UePoseSearchSchema,
} from './pose-search.js';
