/** Clips made smaller or longer for measuring. */
import { characterise } from '../../../dist/retarget/index.js';

/** The clip with the joints of its body's roles alone. */
export function onlyRoles(clip, { roles, spine, neck } = characterise(clip.skeleton)) {
  const { joints } = clip.skeleton;
  const kept = [...new Set([...Object.values(roles), ...spine, ...neck])].sort((a, b) => a - b);
  const slots = new Map(kept.map((joint, slot) => [joint, slot]));
  const parentOf = (joint) => {
    let parent = joints[joint].parent;
    while (parent >= 0 && !slots.has(parent)) parent = joints[parent].parent;
    return parent < 0 ? -1 : slots.get(parent);
  };
  const columns = (values, width) => {
    const out = new Float64Array(width * kept.length * clip.frameCount);
    for (let f = 0; f < clip.frameCount; f++)
      kept.forEach((joint, slot) => {
        const from = width * (f * joints.length + joint);
        out.set(values.subarray(from, from + width), width * (f * kept.length + slot));
      });
    return out;
  };
  return {
    ...clip,
    skeleton: { joints: kept.map((joint) => ({ ...joints[joint], parent: parentOf(joint) })) },
    rotations: columns(clip.rotations, 4),
    translations: columns(clip.translations, 3),
  };
}

/** The clip over and over, for at least so many frames. */
export function repeated(clip, frames) {
  const times = Math.ceil(frames / clip.frameCount);
  const over = (values) => {
    const out = new Float64Array(values.length * times);
    for (let n = 0; n < times; n++) out.set(values, n * values.length);
    return out;
  };
  return {
    ...clip,
    frameCount: clip.frameCount * times,
    rotations: over(clip.rotations),
    translations: over(clip.translations),
    curves: [],
  };
}
