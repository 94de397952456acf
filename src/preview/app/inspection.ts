import type { Stage } from './scene/stage.js';

/** What a test or a curious person may ask of the page: `window.gaitway` in the console. */
export interface Inspection {
  /** The first picture has been drawn. */
  readonly ready: boolean;
  readonly time: number;
  readonly frame: number;
  readonly playing: boolean;
  /** Pictures drawn since the page was opened; stands still while nothing changes. */
  readonly drawCount: number;
  /** How many skeletons are on show, source before target. */
  readonly figureCount: number;
  setFrame(frame: number): void;
  /** World place of a joint as it is drawn, metres; nothing where there is no such joint. */
  jointPosition(figure: number, joint: string): readonly number[] | undefined;
}

declare global {
  interface Window {
    gaitway?: Inspection;
  }
}

/** A joint's place out of the pose that the figure was last drawn with. */
export function drawnJointPosition(stage: Stage, figure: number, name: string): number[] | undefined {
  const shown = stage.figures[figure]?.shown;
  const joint = shown?.clip.skeleton.joints.findIndex((candidate) => candidate.name === name) ?? -1;
  return shown && joint >= 0 ? [...shown.pose.positions.slice(3 * joint, 3 * joint + 3)] : undefined;
}
