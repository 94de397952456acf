import type { PoseBlock } from './pose-block.js';

/** World poses of the source's first `count` frames from its local ones. Tells whether all their numbers are finite. */
export function worldPoses(
  { sourceCount, parents, sourceLocalTurns, sourceLocalPlaces, sourceTurns, sourcePlaces }: PoseBlock,
  count: number,
): boolean {
  let sum = 0;
  for (let f = 0; f < count; f++) {
    for (let j = 0; j < sourceCount; j++) {
      const i4 = 4 * (f * sourceCount + j);
      const i3 = 3 * (f * sourceCount + j);
      let x = sourceLocalTurns[i4];
      let y = sourceLocalTurns[i4 + 1];
      let z = sourceLocalTurns[i4 + 2];
      let w = sourceLocalTurns[i4 + 3];
      let px = sourceLocalPlaces[i3];
      let py = sourceLocalPlaces[i3 + 1];
      let pz = sourceLocalPlaces[i3 + 2];
      const parent = parents[j];
      if (parent >= 0) {
        const p4 = 4 * (f * sourceCount + parent);
        const p3 = 3 * (f * sourceCount + parent);
        const ax = sourceTurns[p4];
        const ay = sourceTurns[p4 + 1];
        const az = sourceTurns[p4 + 2];
        const aw = sourceTurns[p4 + 3];
        const ux = 2 * (ay * pz - az * py);
        const uy = 2 * (az * px - ax * pz);
        const uz = 2 * (ax * py - ay * px);
        px = sourcePlaces[p3] + px + aw * ux + ay * uz - az * uy;
        py = sourcePlaces[p3 + 1] + py + aw * uy + az * ux - ax * uz;
        pz = sourcePlaces[p3 + 2] + pz + aw * uz + ax * uy - ay * ux;
        const [bx, by, bz, bw] = [x, y, z, w];
        x = aw * bx + ax * bw + ay * bz - az * by;
        y = aw * by - ax * bz + ay * bw + az * bx;
        z = aw * bz + ax * by - ay * bx + az * bw;
        w = aw * bw - ax * bx - ay * by - az * bz;
      }
      sourceTurns[i4] = x;
      sourceTurns[i4 + 1] = y;
      sourceTurns[i4 + 2] = z;
      sourceTurns[i4 + 3] = w;
      sourcePlaces[i3] = px;
      sourcePlaces[i3 + 1] = py;
      sourcePlaces[i3 + 2] = pz;
      sum += x + y + z + w + px + py + pz;
    }
  }
  return Number.isFinite(sum);
}
