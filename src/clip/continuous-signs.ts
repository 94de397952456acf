/** Flips quaternions [frames, joints, 4] where needed, in place, so that neighbours in time lie on one side. */
export function keepSignsContinuous(rotations: Float64Array, jointCount: number): void {
  const row = 4 * jointCount;
  for (let i = row; i < rotations.length; i += 4) {
    const b = i - row;
    const inner =
      rotations[i] * rotations[b] +
      rotations[i + 1] * rotations[b + 1] +
      rotations[i + 2] * rotations[b + 2] +
      rotations[i + 3] * rotations[b + 3];
    if (inner < 0) for (let k = 0; k < 4; k++) rotations[i + k] = -rotations[i + k];
  }
}
