export { type WriteBvhOptions, writeBvh } from './bvh/write.js';
export { type FbxWriteOptions, writeFbx } from './fbx/write.js';
export { type WriteVrmaOptions, writeVrma } from './gltf/vrma-write.js';
export { writeGlb } from './gltf/write.js';
export { metresOfUnit } from './length-unit.js';
export type { ReadOptions, UpAxis } from './read-options.js';
export { readScene } from './read-scene.js';
export { type FileKind, sniff } from './sniff.js';
export type { WrittenFile } from './written-file.js';
