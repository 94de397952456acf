export {
  CALLS,
  type CallGives,
  type CallName,
  type CallTakes,
  JobStatus,
  PullResult,
  PushResult,
  type UeBone,
} from './calls.js';
export { type EditorFrame, errorText, type RouteRequest, readFrame, requestFrame } from './envelope.js';
export {
  PLUGIN_FUNCTION,
  PLUGIN_OBJECT,
  PluginAnswer,
  PROTOCOL_VERSION,
  pluginRequest,
  ReturnedText,
} from './plugin-envelope.js';
