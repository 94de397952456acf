export { attach } from './block';
export { carryPoses } from './carry-poses';
export { worldPoses } from './world-poses';
