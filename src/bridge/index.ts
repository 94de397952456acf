export { type Clock, sleep, systemClock } from './clock.js';
export { type PushOutcome, pushEach } from './editor/push-each.js';
export { connectEditor, type EditorSession, type SessionOptions } from './editor/session.js';
export {
  type CallOptions,
  DEFAULT_PORT,
  RemoteControl,
  type RemoteControlOptions,
} from './remote-control/client.js';
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
