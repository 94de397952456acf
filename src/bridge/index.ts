export { type Clock, sleep, systemClock } from './clock.js';
export { type EditorSkeleton, fitToSkeleton } from './editor/fit-skeleton.js';
export type { JobProgress } from './editor/job.js';
export { previewPoseData, readAnimationPose } from './editor/live-pose.js';
export { type Pulled, type PullOptions, pullClip, pullSkeleton } from './editor/pull.js';
export { type PushReport, type PushRequest, pushClip } from './editor/push.js';
export { type PushOutcome, pushEach } from './editor/push-each.js';
export { connectEditor, type EditorSession, type SessionOptions } from './editor/session.js';
export { readToken } from './editor/token.js';
export { inLanes } from './lanes.js';
export {
  type CallGives,
  type CallTakes,
  UE_BONE_FLAGS,
  UE_TRAJECTORY_FLAGS,
  type UeChannel,
  type UeMenuEvent,
  type UePoseSearchDatabase,
  type UePoseSearchSchema,
  type UeSelection,
} from './protocol/index.js';
export {
  type CallOptions,
  DEFAULT_PORT,
  RemoteControl,
  type RemoteControlOptions,
} from './remote-control/client.js';
export type { EditorState } from './remote-control/keep-alive.js';
export { openRawSocket, type RawFrame, type RawSocket } from './remote-control/raw-socket.js';
export type { EditorLog, Inspection } from './stand-in/editor-python.js';
export { type Chaos, type Delivery, type Mischief, whole } from './stand-in/mischief.js';
export type { UserAction } from './stand-in/python-host.js';
export type { Ask } from './stand-in/read-message.js';
export {
  type StandInEditor,
  type StandInOptions,
  type StandInSkeleton,
  startStandIn,
} from './stand-in/stand-in-editor.js';
export {
  CM_PER_METRE,
  positionFromUe,
  positionsFromUe,
  positionsToUe,
  positionToUe,
  rotationFromUe,
  rotationsToUe,
  rotationToUe,
  scalesToUe,
  scaleToUe,
} from './ue-space.js';
