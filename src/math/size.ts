/** Length of a vector in the plane; several times as fast as `Math.hypot`, which guards against squares beyond 1e308. */
export const size2 = (x: number, y: number): number => Math.sqrt(x * x + y * y);

/** Length of a vector in space, see `size2`. */
export const size3 = (x: number, y: number, z: number): number => Math.sqrt(x * x + y * y + z * z);
