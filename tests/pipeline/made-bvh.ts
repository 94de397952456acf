export interface MadeBvh {
  readonly frames?: number;
  /** Metres per second along +Z. */
  readonly speed?: number;
  /** Degrees per second, to the left. */
  readonly turnDeg?: number;
  /** Centimetres from knee to ankle. */
  readonly shin?: number;
}

/** A BVH file in centimetres: a trunk on two legs that swing while it walks along a line or a circle, at 30 Hz. */
export function madeBvh({ frames = 90, speed = 1.5, turnDeg = 0, shin = 45 }: MadeBvh = {}): string {
  const joint = (name: string, offset: string, inside: string): string =>
    `JOINT ${name}\n{\nOFFSET ${offset}\nCHANNELS 3 Zrotation Xrotation Yrotation\n${inside}\n}`;
  const end = (offset: string): string => `End Site\n{\nOFFSET ${offset}\n}`;
  const leg = (side: string, x: number): string =>
    joint(
      `${side}UpLeg`,
      `${x} 0 0`,
      joint(`${side}Leg`, '0 -45 0', joint(`${side}Foot`, `0 ${-shin} 0`, end('0 -5 15'))),
    );
  const lines: string[] = [];
  let [x, z] = [0, 0];
  for (let f = 0; f < frames; f++) {
    const yaw = (turnDeg * f) / 30;
    const swing = speed > 0 ? 20 * Math.sin(f / 3) : 0;
    const still = '0 0 0';
    lines.push(
      `${x} ${45 + shin} ${z} 0 0 ${yaw} ${still} ${still} 0 ${swing} 0 ${still} ${still} 0 ${-swing} 0 ${still} ${still}`,
    );
    x += (100 * speed * Math.sin((yaw * Math.PI) / 180)) / 30;
    z += (100 * speed * Math.cos((yaw * Math.PI) / 180)) / 30;
  }
  const trunk = joint('Spine', '0 10 0', joint('Head', '0 50 0', end('0 20 0')));
  return [
    `HIERARCHY\nROOT Hips\n{\nOFFSET 0 0 0\nCHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation`,
    trunk,
    leg('Left', 9),
    leg('Right', -9),
    `}\nMOTION\nFrames: ${frames}\nFrame Time: 0.0333333\n${lines.join('\n')}\n`,
  ].join('\n');
}
