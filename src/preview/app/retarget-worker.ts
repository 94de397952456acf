import { config } from 'zod';
import { characterise, retargetClip, targetProfile } from '../../retarget/index.js';
import type { RetargetAnswer, RetargetQuestion } from './retarget-messages.js';

/** The page's types know no worker's own scope. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<RetargetQuestion>) => void;
  postMessage(answer: RetargetAnswer): void;
};

config({ jitless: true });

scope.onmessage = ({ data: { id, clip, body, target } }) => {
  try {
    const skeleton = targetProfile(target);
    scope.postMessage({ id, ...retargetClip(clip, body, skeleton, characterise(skeleton)) });
  } catch (error) {
    scope.postMessage({ id, fault: error instanceof Error ? error.message : String(error) });
  }
};
