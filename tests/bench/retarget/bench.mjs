/** The bench of `retarget/`: frames a second on one core, beside three's `SkeletonUtils.retargetClip`. */
import { retargetClip as threeRetargetClip } from 'three/examples/jsm/utils/SkeletonUtils.js';
import { characterise, makeCarrier, retargetClip, targetProfile } from '../../../dist/retarget/index.js';
import { sampleClip } from '../formats/inputs.mjs';
import { interleave } from '../interleave.mjs';
import { threeFigure } from './three-figure.mjs';
import { onlyRoles, repeated } from './trimmed.mjs';

const FRAMES = 4000;
/** three is slow enough to be measured on fewer. */
const THREE_FRAMES = 500;

/** Rows as in the bench of `formats/`. */
export async function bench({ rounds }) {
  const whole = await sampleClip('tall_walk_neutral');
  const trimmed = onlyRoles(whole, characterise(whole.skeleton));
  const target = onlyRoles(await sampleClip('short_walk_neutral'));
  return [
    ...(await measure(rounds, 'the 22 roles alone', trimmed, target.skeleton, true)),
    ...(await measure(rounds, 'onto the UE5 mannequin', whole, targetProfile('ue5-mannequin'), false)),
  ];
}

async function measure(rounds, input, clip, skeleton, hasBars) {
  const long = repeated(clip, FRAMES);
  const short = repeated(clip, THREE_FRAMES);
  const source = characterise(clip.skeleton);
  const body = characterise(skeleton);
  const carry = (contacts, quality) => retargetClip(long, source, skeleton, body, { contacts, quality });
  const carrier = makeCarrier(clip, source, skeleton, body);
  const from = threeFigure(short, source);
  const to = threeFigure({ ...short, skeleton }, body);
  const names = Object.fromEntries(
    Object.entries(body.roles).flatMap(([role, joint]) =>
      source.roles[role] === undefined
        ? []
        : [[skeleton.joints[joint].name, clip.skeleton.joints[source.roles[role]].name]],
    ),
  );
  const hip = clip.skeleton.joints[source.roles.pelvis].name;
  const { carried, bare, planted, whole, three } = await interleave(rounds, {
    carried: () => carrier.carry(long),
    bare: () => carry(false, 'fast'),
    planted: () => carry(true, 'fast'),
    whole: () => carry(true, 'high'),
    three: () => threeRetargetClip(to.mesh, from.mesh, from.animation, { names, hip, fps: from.fps }),
  });
  const perSecond = (frames, ms) => (1000 * frames) / ms;
  const theirs = perSecond(short.frameCount, three);
  const row = (what, ours, bar) => ({
    what,
    input,
    unit: 'frames/s',
    ours,
    three: theirs,
    ...(hasBars && bar && { bar: { atLeast: bar } }),
  });
  const times = (what, ours, bar) => ({
    what: `${what}, times as fast as three`,
    input,
    unit: '×',
    ours: ours / theirs,
    ...(hasBars && bar && { bar: { atLeast: bar } }),
  });
  const alone = perSecond(long.frameCount, carried);
  const free = perSecond(long.frameCount, bare);
  return [
    row('carrying alone', alone),
    row('retarget, contacts off', free, 100_000),
    row('retarget, contacts and IK', perSecond(long.frameCount, planted), 30_000),
    row('retarget, whole-clip solve', perSecond(long.frameCount, whole), 1_500),
    // What three does, and nothing else.
    times('carrying alone', alone, 50),
    // Which also finds contacts, sets the body on the floor, steadies the trunk, makes the root and scores the result.
    times('retarget, contacts off', free),
  ];
}
