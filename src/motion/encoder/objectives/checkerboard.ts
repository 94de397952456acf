/**
 * The share of an error's energy that alternates from moment to moment, of tables [rows, time, channels] that were to
 * be alike; 1 / time in an error that is noise, 1 in a pure checkerboard, 0 where nothing is wrong.
 *
 * @see A. Odena et al., "Deconvolution and Checkerboard Artifacts" (2016), for the pattern.
 */
export function checkerboardShare(
  given: Float32Array,
  wanted: Float32Array,
  time: number,
  channels: number,
): number {
  const size = time * channels;
  let [alternating, whole] = [0, 0];
  for (let row = 0; row < given.length; row += size) {
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let t = 0; t < time; t++) {
        const error = given[row + t * channels + c] - wanted[row + t * channels + c];
        sum += t % 2 === 0 ? error : -error;
        whole += error * error;
      }
      alternating += (sum * sum) / time;
    }
  }
  return whole > 0 ? alternating / whole : 0;
}
