import { mutateBytes } from './mutate-bytes.mjs';
import { mutateClipFile } from './mutate-clip-file.mjs';
import { mutateFbx } from './mutate-fbx.mjs';
import { mutateGlb } from './mutate-glb.mjs';
import { mutateText } from './mutate-text.mjs';

const BVH = {
  nesting: 'JOINT deep\n{\nOFFSET 0 1 0\nCHANNELS 3 Zrotation Xrotation Yrotation\n',
  keywords: [
    'ROOT',
    'JOINT',
    'End Site',
    '{',
    '}',
    'OFFSET',
    'CHANNELS 6 Xposition',
    'MOTION',
    'Frames: 1e9',
    'Frame Time:',
  ],
};

/** The formats that are fuzzed: the endings of their files, and how they are damaged. */
export const FORMATS = {
  bvh: {
    endings: ['.bvh'],
    mutate: (bytes, random) =>
      random.below(2) === 0 ? mutateText(bytes, random, BVH) : mutateBytes(bytes, random),
  },
  fbx: { endings: ['.fbx'], mutate: mutateFbx },
  gltf: {
    endings: ['.glb', '.gltf', '.vrm', '.vrma'],
    mutate: (bytes, random) =>
      random.below(4) === 0 ? mutateBytes(bytes, random) : mutateGlb(bytes, random),
  },
  gwclip: { endings: ['.gwclip'], mutate: mutateClipFile },
};
