/** A reader that never ends on the second input of a process. */
let calls = 0;

export async function check() {
  if (calls++ === 1) for (;;);
  return 'opened';
}
