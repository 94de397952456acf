import type { OrbitCamera } from './scene/orbit-camera.js';

const TURN_PER_PIXEL = 0.006;
const ZOOM_PER_PIXEL = 0.0012;

/** Mouse and touch on the picture: drag turns, right button or Shift moves, wheel comes nearer. */
export function listenForPointer(canvas: HTMLElement, orbit: OrbitCamera, moved: () => void): void {
  canvas.addEventListener('pointerdown', (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener('pointermove', (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    const { movementX: dx, movementY: dy } = event;
    const panning = event.shiftKey || (event.buttons & 6) !== 0;
    if (panning) orbit.pan(-dx / canvas.clientHeight, dy / canvas.clientHeight);
    else orbit.orbit(-dx * TURN_PER_PIXEL, dy * TURN_PER_PIXEL);
    moved();
  });
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      orbit.zoom(Math.exp(event.deltaY * ZOOM_PER_PIXEL));
      moved();
    },
    { passive: false },
  );
}
